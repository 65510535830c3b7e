// The state while an operation runs: what was there, what has been made so far, what is being done right now.
// It is written after every step, so that whatever happens next, nothing that exists is forgotten.

import type { PendingOperation, ResourceState, Snapshot } from "./state";
import { splitReference } from "./urn";

export interface LiveSnapshot {
  /** The resources as the last operation left them, without those that a refresh found gone. */
  readonly base: ResourceState[];
  replaceBase(resources: ResourceState[]): Promise<void>;
  /** Records that a step is about to touch the outside world. */
  begin(resource: ResourceState, operation: string): Promise<void>;
  end(resource: ResourceState, outcome: Outcome): Promise<void>;
  /** Resources were changed in place, or renamed. */
  save(): Promise<void>;
  renamed(earlier: string, now: string): void;
  current(): Snapshot;
}

/** What a step's end means for the state. */
export interface Outcome {
  /** Takes its place among the new resources. */
  add?: ResourceState;
  /** Are no longer there. */
  remove?: (ResourceState | undefined)[];
}

/** With `clearPending` the creations that were interrupted before are forgotten. */
export function liveSnapshot(
  loaded: Snapshot,
  write: (snapshot: Snapshot) => Promise<void>,
  clearPending = false,
): LiveSnapshot {
  let base = loaded.resources;
  const news: ResourceState[] = [];
  const gone = new Set<ResourceState>();
  const running = new Map<ResourceState, string>();
  const names = new Map<string, string>();
  // Only a begun creation can have left something behind that no state knows.
  const earlier = clearPending ? [] : loaded.pending.filter(({ type }) => type === "creating");
  let writing: Promise<void> = Promise.resolve();

  function current(): Snapshot {
    const kept = [...news, ...base].filter((resource) => !gone.has(resource));
    const begun: PendingOperation[] = [...running].map(([resource, type]) => ({ resource, type }));
    return { resources: kept.map((resource) => withNames(resource, names)), pending: [...earlier, ...begun] };
  }

  function save(): Promise<void> {
    const snapshot = current();
    writing = writing.catch(() => {}).then(() => write(snapshot));
    return writing;
  }

  return {
    get base() {
      return base;
    },
    async replaceBase(resources) {
      base = resources;
      await save();
    },
    async begin(resource, operation) {
      running.set(resource, operation);
      await save();
    },
    async end(resource, { add, remove = [] }) {
      running.delete(resource);
      if (add) news.push(add);
      for (const removed of remove) if (removed) gone.add(removed);
      await save();
    },
    save,
    renamed(from, to) {
      names.set(from, to);
    },
    current,
  };
}

/** Resources that weren't touched still call a renamed one by its earlier name. */
function withNames(resource: ResourceState, names: Map<string, string>): ResourceState {
  if (names.size === 0) return { ...resource };
  const now = (urn: string): string => names.get(urn) ?? urn;
  const reference = (text: string): string => {
    const { urn, id } = splitReference(text);
    return `${now(urn)}::${id}`;
  };
  return {
    ...resource,
    ...(resource.parent && { parent: now(resource.parent) }),
    ...(resource.provider && { provider: reference(resource.provider) }),
    ...(resource.dependencies && { dependencies: resource.dependencies.map(now) }),
    ...(resource.deletedWith && { deletedWith: now(resource.deletedWith) }),
    ...(resource.replaceWith && { replaceWith: resource.replaceWith.map(now) }),
    ...(resource.propertyDependencies && {
      propertyDependencies: Object.fromEntries(
        Object.entries(resource.propertyDependencies).map(([key, urns]) => [key, urns.map(now)]),
      ),
    }),
  };
}
