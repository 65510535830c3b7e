export interface ServerVersion {
  major: number;
  minor: number;
}

/** What the provider asks of a server's version, in one place. */
export const abilities = {
  /** API keys and secrets of connectors, and the endpoints that set them. */
  minimum: { major: 8, minor: 13 },
  /** Before, lists of sync jobs began with the oldest. */
  newestSyncJobsFirst: (version: ServerVersion) => atLeast(version, 8, 14),
  deleteSyncJobs: (version: ServerVersion) => atLeast(version, 8, 14),
  /** A connector may have no index. */
  detachedConnectors: (version: ServerVersion) => atLeast(version, 8, 15),
  connectorFeatures: (version: ServerVersion) => atLeast(version, 8, 15),
  /** Cross-cluster keys may be bound to the other cluster's certificate. */
  certificateIdentity: (version: ServerVersion) => atLeast(version, 9, 3),
  /** A deleted connector stays as a marked document unless the deletion is hard. */
  softDelete: (version: ServerVersion) => atLeast(version, 9, 0),
  /** From 9.0 on no Elastic-managed service runs native connectors, and their index names have a prefix. */
  servesNativeConnectors: (version: ServerVersion) => !atLeast(version, 9, 0),
} as const;

export function atLeast(version: ServerVersion, major: number, minor: number): boolean {
  return version.major > major || (version.major === major && version.minor >= minor);
}

export function parseVersion(text: string): ServerVersion | undefined {
  const match = /^(\d+)\.(\d+)/.exec(text);
  return match ? { major: Number(match[1]), minor: Number(match[2]) } : undefined;
}
