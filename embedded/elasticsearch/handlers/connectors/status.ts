import type { Profile } from "../../profile";

export const connectorStatuses = ["created", "needs_configuration", "configured", "connected", "error"] as const;
export type ConnectorStatus = (typeof connectorStatuses)[number];

const transitions: Readonly<Record<ConnectorStatus, readonly ConnectorStatus[]>> = {
  created: ["needs_configuration", "error"],
  needs_configuration: ["configured", "error"],
  configured: ["needs_configuration", "configured", "connected", "error"],
  connected: ["connected", "configured", "error"],
  error: ["connected", "configured", "error"],
};

/** Before 8.15 a status couldn't be set to itself. */
export function mayBecome(profile: Profile, from: string, to: ConnectorStatus): boolean {
  if (from === to && !profile.since8_15) return false;
  return (transitions[from as ConnectorStatus] ?? []).includes(to);
}
