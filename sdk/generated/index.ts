// Generated from the provider's schemas by `npm run generate`. Change the schema, not this file.
import * as pulumi from "@pulumi/pulumi";

/** Arguments of `IndexAlias`. */
export interface IndexAliasArgs {
  /** Query that limits the documents that the alias shows, as Elasticsearch spells it. */
  filter?: pulumi.Input<Record<string, pulumi.Input<unknown>>> | undefined;
  /** Routing value of reads and writes through the alias. */
  routing?: pulumi.Input<string> | undefined;
  /**
   * Routing value of writes through the alias.
   * @default `routing`
   */
  indexRouting?: pulumi.Input<string> | undefined;
  /**
   * Routing values of searches through the alias, separated by commas.
   * @default `routing`
   */
  searchRouting?: pulumi.Input<string> | undefined;
  /**
   * Whether patterns leave the alias out. The same for all indices that have the alias.
   * @default `false`
   */
  isHidden?: pulumi.Input<boolean> | undefined;
  /**
   * Whether writes through the alias go to this index. Of the indices behind an alias at most one.
   * @default not set: writes go to the index while no other has the alias
   */
  isWriteIndex?: pulumi.Input<boolean> | undefined;
}

/** Arguments of `Index`. */
export interface IndexArgs {
  /**
   * Name of the index, taken literally. Lower case, at most 255 bytes, not starting with `_`, `-` or `+`. A name that exists already is refused, unless `adopt` is set.
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
   * Mappings of the index, as Elasticsearch spells them. Fields that you don't name (those that syncs add) are left alone. A new field, and what Elasticsearch changes on an existing one (such as `ignore_above`, `search_analyzer`, `copy_to`, `dynamic`), is written in place; a changed type, analyzer or other fixed parameter replaces the index. A removed field or sub-field stays, since Elasticsearch can't remove one, and the preview says so; runtime fields, dynamic templates and `_meta` go, and removed parameters return to their defaults.
   * @remarks A change is made in place. Sent by `PUT /{index}/_mapping`.
   */
  mappings?: pulumi.Input<Record<string, pulumi.Input<unknown>>> | undefined;
  /**
   * Aliases of the index by their names. All changes are made at once. Aliases that you don't name are left alone; one that you name no more is removed.
   * @remarks A change is made in place. Sent by `POST /_aliases`.
   */
  aliases?: pulumi.Input<Record<string, pulumi.Input<IndexAliasArgs>>> | undefined;
  /**
   * Take the index over if one of that `name` exists, instead of refusing it. The preview lists what differs from the program and will be changed; what can't be changed (shards, analysis, types of fields) is refused with every mismatch named. From then on the index is managed, and deleted, like any other. Requires `name`, and counts when the resource is created.
   * @default `false`
   * @remarks A change is made in place.
   */
  adopt?: pulumi.Input<boolean> | undefined;
  /**
   * How long to wait, before the index is deleted or replaced, for syncs that run on it: their next write would make it anew. `0s` waits for none.
   * @default `"10m"`
   * @remarks A change is made in place.
   */
  drainTimeout?: pulumi.Input<string> | undefined;
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
   * Name of the index, taken literally. Lower case, at most 255 bytes, not starting with `_`, `-` or `+`. A name that exists already is refused, unless `adopt` is set.
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
   * Mappings of the index, as Elasticsearch spells them. Fields that you don't name (those that syncs add) are left alone. A new field, and what Elasticsearch changes on an existing one (such as `ignore_above`, `search_analyzer`, `copy_to`, `dynamic`), is written in place; a changed type, analyzer or other fixed parameter replaces the index. A removed field or sub-field stays, since Elasticsearch can't remove one, and the preview says so; runtime fields, dynamic templates and `_meta` go, and removed parameters return to their defaults.
   * @remarks A change is made in place. Sent by `PUT /{index}/_mapping`.
   */
  declare readonly mappings: pulumi.Output<Record<string, unknown> | undefined>;
  /**
   * Aliases of the index by their names. All changes are made at once. Aliases that you don't name are left alone; one that you name no more is removed.
   * @remarks A change is made in place. Sent by `POST /_aliases`.
   */
  declare readonly aliases: pulumi.Output<pulumi.Unwrap<Record<string, IndexAliasArgs>> | undefined>;
  /**
   * Take the index over if one of that `name` exists, instead of refusing it. The preview lists what differs from the program and will be changed; what can't be changed (shards, analysis, types of fields) is refused with every mismatch named. From then on the index is managed, and deleted, like any other. Requires `name`, and counts when the resource is created.
   * @default `false`
   * @remarks A change is made in place.
   */
  declare readonly adopt: pulumi.Output<boolean | undefined>;
  /**
   * How long to wait, before the index is deleted or replaced, for syncs that run on it: their next write would make it anew. `0s` waits for none.
   * @default `"10m"`
   * @remarks A change is made in place.
   */
  declare readonly drainTimeout: pulumi.Output<string | undefined>;
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
export const INDEX_INPUTS = ["name","language","settings","mappings","aliases","adopt","drainTimeout","forceDestroy"] as const;

/** Outputs that are secrets although no input of their name is. */
export const INDEX_SECRETS: string[] = [];
