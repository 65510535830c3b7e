/**
 * For tests of programs that use this package: a development server that answers like Elasticsearch, and stacks that are
 * deployed to it with the Pulumi CLI or, without one, with an embedded engine. Not for production.
 *
 * @packageDocumentation
 */
export * from "./elasticsearch";
export * from "./stack";
