// Generated from the provider's schemas by `npm run generate`. Change the schema, not this file.
import * as pulumi from "@pulumi/pulumi";

/** Arguments of `Index`. */
export interface IndexArgs {
  /**
   * Name of the index, taken literally. Lower case, at most 255 bytes, not starting with `_`, `-` or `+`. A name that exists already is refused.
   * @default `search-<logical name>-<7 hex digits>`, chosen when the index is created (`content-...` for a native connector on 9.x)
   * @remarks A change replaces the resource. Sent by `PUT /{index}`.
   */
  name?: pulumi.Input<string> | undefined;
  /**
   * Language of the content. Adds the analyzers, the shard settings and the dynamic template for text that Kibana makes for a connector's index of that language. Settings and mappings of your own win over them.
   * @default no analyzers are added
   * @remarks A change replaces the resource. Sent by `PUT /{index}`.
   */
  language?: pulumi.Input<"da" | "de" | "en" | "es" | "fr" | "it" | "ja" | "ko" | "nl" | "pt" | "pt-br" | "ru" | "th" | "zh"> | undefined;
  /**
   * Settings of the index, as Elasticsearch spells them, nested or dotted, with or without the prefix `index.`. Settings that you don't name are left alone. Dynamic ones change in place, and return to their default (the language's, where it has one) when you remove them; a change of a static one (shards, analysis, codec, sorting) replaces the index.
   * @remarks A change is made in place. Sent by `PUT /{index}/_settings`.
   */
  settings?: pulumi.Input<Record<string, pulumi.Input<unknown>>> | undefined;
  /**
   * Mappings of the index, as Elasticsearch spells them. Fields that you don't name (those that syncs add) are left alone. A new field is added in place; a changed type, analyzer or other fixed parameter replaces the index; a removed field stays, since Elasticsearch can't remove one.
   * @remarks A change is made in place. Sent by `PUT /{index}/_mapping`.
   */
  mappings?: pulumi.Input<Record<string, pulumi.Input<unknown>>> | undefined;
  /**
   * Delete the index even if it holds documents. Without it such an index is neither deleted nor replaced. It counts when it has been applied: set it, run `pulumi up`, then delete.
   * @default `false`
   * @remarks A change is made in place.
   */
  forceDestroy?: pulumi.Input<boolean> | undefined;
}

/** Outputs of `Index`. One that is named like an argument holds what was declared, and is absent where nothing was. */
export abstract class IndexOutputs extends pulumi.CustomResource {
  /**
   * Name of the index, taken literally. Lower case, at most 255 bytes, not starting with `_`, `-` or `+`. A name that exists already is refused.
   * @default `search-<logical name>-<7 hex digits>`, chosen when the index is created (`content-...` for a native connector on 9.x)
   * @remarks A change replaces the resource. Sent by `PUT /{index}`.
   */
  declare readonly name: pulumi.Output<string | undefined>;
  /**
   * Language of the content. Adds the analyzers, the shard settings and the dynamic template for text that Kibana makes for a connector's index of that language. Settings and mappings of your own win over them.
   * @default no analyzers are added
   * @remarks A change replaces the resource. Sent by `PUT /{index}`.
   */
  declare readonly language: pulumi.Output<"da" | "de" | "en" | "es" | "fr" | "it" | "ja" | "ko" | "nl" | "pt" | "pt-br" | "ru" | "th" | "zh" | undefined>;
  /**
   * Settings of the index, as Elasticsearch spells them, nested or dotted, with or without the prefix `index.`. Settings that you don't name are left alone. Dynamic ones change in place, and return to their default (the language's, where it has one) when you remove them; a change of a static one (shards, analysis, codec, sorting) replaces the index.
   * @remarks A change is made in place. Sent by `PUT /{index}/_settings`.
   */
  declare readonly settings: pulumi.Output<Record<string, unknown> | undefined>;
  /**
   * Mappings of the index, as Elasticsearch spells them. Fields that you don't name (those that syncs add) are left alone. A new field is added in place; a changed type, analyzer or other fixed parameter replaces the index; a removed field stays, since Elasticsearch can't remove one.
   * @remarks A change is made in place. Sent by `PUT /{index}/_mapping`.
   */
  declare readonly mappings: pulumi.Output<Record<string, unknown> | undefined>;
  /**
   * Delete the index even if it holds documents. Without it such an index is neither deleted nor replaced. It counts when it has been applied: set it, run `pulumi up`, then delete.
   * @default `false`
   * @remarks A change is made in place.
   */
  declare readonly forceDestroy: pulumi.Output<boolean | undefined>;
  /** Name of the index, the one that was chosen for you included. Equals the id. */
  declare readonly indexName: pulumi.Output<string>;
  /** Identifies the request that created the index. It stands in the `_meta` of its mappings, so that an index that somebody has made anew under the same name is not taken for this one. */
  declare readonly creationMark: pulumi.Output<string | undefined>;
}

/** Names of the properties that only the server knows. */
export const INDEX_FACTS = ["indexName","creationMark"] as const;

/** Names of all properties that a look-up fills in. */
export const INDEX_INPUTS = ["name","language","settings","mappings","forceDestroy"] as const;

/** Outputs that are secrets although no input of their name is. */
export const INDEX_SECRETS: string[] = [];
