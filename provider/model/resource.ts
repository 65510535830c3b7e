import type { z } from "zod";
import type { Elasticsearch } from "../elasticsearch/connection";
import type { Difference } from "./differences";
import type { Issue } from "./issues";

export type Bag = Record<string, unknown>;

/** Where a resource stands in the user's program. The SDK sends it along with the arguments, hidden from diffs. */
export interface Context {
  project: string;
  stack: string;
  /** Logical name of the resource. */
  resource: string;
  /** The user chose `retainOnDelete`: nothing is deleted when the resource is replaced. */
  retained?: boolean;
  /** The index belongs to a native connector, whose index names have a prefix of their own on 9.x. */
  native?: boolean;
  /** When the object was checked for the first time (ISO 8601); only of kinds that stamp inputs. */
  made?: string;
  /** What the component makes after this resource: its rights are looked at before anything is written. */
  siblings?: Planned[];
  /** The object was made elsewhere and imported as it was: what a new one gets at its creation isn't missing. */
  imported?: boolean;
}

/** A resource that will be declared, with those of its inputs that decide about the rights it takes. */
export interface Planned {
  kind: string;
  inputs: Bag;
}

/** A resource as the server has it, in the user's terms. */
export interface Live<I = Bag, F = Bag> {
  /** Every input that can be read back; a key that is absent can't be read, `undefined` means that it isn't set. */
  inputs: { [K in keyof I]?: I[K] | undefined };
  /** What the server computed. */
  facts: { [K in keyof F]?: F[K] | undefined };
  /** The server's own document, for the resource that observed it. */
  raw?: unknown;
}

/** How a declared value is compared with a live one. */
export interface View<T = unknown> {
  /** Whether two values, or a value and none, mean the same to the server. Never called with unknowns. */
  equal(a: T | undefined, b: T | undefined): boolean;
  /** The part of the live value that the declared one speaks of. By default all of it. */
  of?(declared: T, live: T | undefined): T | undefined;
}

export interface Change<I = Bag, F = Bag> {
  /** Inputs whose desired value differs from the live one, and those that are no longer declared. */
  changed: ReadonlySet<string>;
  desired: I;
  /** Inputs and facts of the last state. */
  recorded: Partial<I & F>;
  live: Live<I, F>;
}

export interface ServerCheck<I = Bag> {
  news: I;
  /** The inputs of the last state; empty for a resource that is to be created. */
  olds: Partial<I>;
  context: Context;
}

/** How an object that exists already becomes the declared one. */
export interface AdoptionRules<I = Bag, F = Bag> {
  /** Id of the object that the inputs ask to take over. */
  of(inputs: Partial<I>): string | undefined;
  /** What can't be made equal on it, each with both values. */
  mismatches(desired: I, live: Live<I, F>): Issue[];
  /** What will be changed in it, where that is more than the declared inputs say. */
  changes?(desired: I, live: Live<I, F>): Difference[];
  /** Whose it is now, where it says so: ours, or in words `resource 'x' in stack 'p/s'`. */
  owner?(live: Live<I, F>, context: Context): "ours" | (string & {}) | undefined;
  /** Makes it ours, before its inputs are brought to what is declared. Returns facts that can't be read back. */
  take?(es: Elasticsearch, id: string, desired: I, live: Live<I, F>, context: Context): Promise<Partial<F>>;
}

/**
 * What one kind of resource is: its schema and the few steps that differ from the others. Each step is short and free of
 * retries, unknowns, secret marking and diffing: these live in the lifecycle and the host.
 */
export interface ResourceDefinition<I = Bag, F = Bag> {
  kind: string;
  inputs: z.ZodObject;
  facts: z.ZodObject;
  /** Comparison of inputs for which plain structural equality is wrong. */
  views?: { [K in keyof I]?: View<NonNullable<I[K]>> };
  /**
   * Rules across properties, without I/O; `olds` are the inputs of the last state, empty for a resource that is to be
   * created. Values may hold unknowns at any depth, and may not have the schema's shape.
   */
  validate?(inputs: I, olds: Partial<I>): Issue[];
  /** Inputs that programs don't declare. Called by every check, with values that nothing has judged yet. */
  stamp?(news: I, olds: Partial<I>, context: Context): Partial<I>;
  /** Rules that depend on the server: its version, what exists there. Only called when everything else is right. */
  checkAgainstServer?(es: Elasticsearch, check: ServerCheck<I>): Promise<Issue[]>;
  /**
   * What the live object can't take of a change in place. Where the inputs tell which object it is, `check` refuses it; of
   * another one only `diff` can warn, and `update` has to refuse it before it sends anything.
   */
  liveIssues?(es: Elasticsearch, id: string, check: ServerCheck<I>): Promise<Issue[]>;
  /** The inputs as they are recorded: with what holds on from the last ones where the program can't say it again. */
  completed?(olds: Partial<I>, news: I): I;
  /** Inputs that differ in the text but not in meaning, given all the others and, where it is known, the id. */
  sameMeaning?(olds: Partial<I & F>, news: I, id?: string): readonly (keyof I & string)[];
  /** Inputs that are changed in place as a rule, but not in this case. */
  alsoReplaces?(olds: Partial<I & F>, news: I, context?: Context): readonly (keyof I & string)[];
  /**
   * Those of the changed inputs that the caller can't change on this object, so that it has to be replaced. Asked when
   * nothing else replaces it. An error counts as none, and the update explains itself.
   */
  mustReplace?(es: Elasticsearch, id: string, changed: readonly string[]): Promise<readonly string[]>;
  /** Why the live object must not be replaced; nothing when it may. */
  refuseReplacement?(es: Elasticsearch, id: string, olds: Partial<I & F>): Promise<string | undefined>;
  /** The id, where the inputs alone tell it. */
  idOf?(inputs: Partial<I>): string | undefined;
  /** Two can't exist at once: the old one is deleted before the new one is created. */
  deleteFirst?(olds: Partial<I & F>, news: I): boolean;
  /** How an existing object is taken over; without it a kind can't be adopted. */
  adoption?: AdoptionRules<I, F>;
  /** Paths of secret inputs below the top level. */
  secretPaths?(inputs: Partial<I>): string[][];
  /**
   * Makes the object. Calls `made` as soon as it exists, with facts that can't be read back, so that a failure after
   * that is recorded with its id.
   */
  create(
    es: Elasticsearch,
    desired: I,
    context: Context,
    made: (id: string, carried?: Partial<F>) => void,
  ): Promise<void>;
  /** How an object is found of which nobody knows whether the creation has made it; by default the next creation looks. */
  whenLost?(desired: I): string | undefined;
  /** The live object, or nothing when it is gone. */
  observe(es: Elasticsearch, id: string, recorded: Partial<I & F>): Promise<Live<I, F> | undefined>;
  /**
   * Makes an object anew under its id when an update finds that it is gone, where the id is ours alone and that is harmless.
   * It may never have been there: a creation whose answer was lost is recorded to be on the safe side.
   */
  restore?(es: Elasticsearch, id: string, desired: I): Promise<void>;
  /**
   * Inputs for which something is still to be done, although none of them differs. What a new object gets at its creation
   * isn't missing from an imported one.
   */
  unfinished?(live: Live<I, F>, imported?: boolean): readonly string[];
  /**
   * Sends what has changed, and only that. Calls `carry` with what can't be read back (facts, and inputs that have taken
   * effect) as soon as it holds, so that it is recorded even when a later step fails.
   */
  update(
    es: Elasticsearch,
    id: string,
    change: Change<I, F>,
    context: Context,
    carry: (known: Partial<I & F>) => void,
  ): Promise<void>;
  /** Removes the object; one that is gone already is removed. */
  remove(es: Elasticsearch, id: string, recorded: Partial<I & F>): Promise<void>;
}

export function defineResource<IS extends z.ZodObject, FS extends z.ZodObject>(
  definition: ResourceDefinition<z.infer<IS>, z.infer<FS>> & { inputs: IS; facts: FS },
): ResourceDefinition {
  // Method parameters are bivariant: the lifecycle only hands a definition back its own bags.
  return definition as unknown as ResourceDefinition;
}
