import type { Row } from "./inspect";
import type { Need } from "./needs";

/** A role as `PUT /_security/role/<name>` takes it. */
export interface Role {
  cluster: string[];
  indices: { names: string[]; privileges: string[]; allow_restricted_indices?: true }[];
}

/** Required privileges that the caller hasn't. */
export function missingOf(rows: readonly Row[]): Row[] {
  return rows.filter(({ has, optional }) => !has && !optional);
}

/** A role that gives just these privileges. */
export function roleOf(needs: readonly Need[]): Role {
  const byIndex = new Map<string, { name: string; restricted: boolean; privileges: string[] }>();
  for (const { index, restricted = false, privilege } of needs) {
    if (index !== undefined) {
      const key = JSON.stringify([index, restricted]);
      const entry = byIndex.get(key) ?? { name: index, restricted, privileges: [] };
      entry.privileges.push(privilege);
      byIndex.set(key, entry);
    }
  }
  const byRights = new Map<string, Role["indices"][number]>();
  for (const { name, restricted, privileges } of byIndex.values()) {
    const rights = withoutImplied(privileges).sort();
    const key = JSON.stringify([rights, restricted]);
    const entry = byRights.get(key) ?? {
      names: [],
      privileges: rights,
      ...(restricted ? { allow_restricted_indices: true as const } : {}),
    };
    entry.names.push(name);
    byRights.set(key, entry);
  }
  const cluster = needs.filter(({ index }) => index === undefined).map(({ privilege }) => privilege);
  return { cluster: [...new Set(cluster)], indices: [...byRights.values()] };
}

/** Index privileges of the table that another one holds already. */
export const IMPLIED: Record<string, readonly string[]> = {
  manage: ["create_index", "delete_index", "maintenance", "view_index_metadata"],
  all: ["create_index", "delete_index", "maintenance", "manage", "read", "view_index_metadata", "write"],
};

function withoutImplied(privileges: readonly string[]): string[] {
  const implied = new Set(privileges.flatMap((privilege) => IMPLIED[privilege] ?? []));
  return [...new Set(privileges)].filter((privilege) => !implied.has(privilege));
}

type TableRow = Pick<Row, "has" | "optional" | "privilege" | "neededFor"> & { index?: string | undefined };

/** The rows as a table; those that differ only in the privilege or the index share a line. */
export function tableOf(rows: readonly TableRow[]): string {
  const merged = join(
    join(
      rows.map(({ has, optional, privilege, index, neededFor }) => [
        has ? "yes" : optional ? "no, optional" : "NO",
        privilege,
        index ?? "(cluster)",
        neededFor,
      ]),
      1,
    ),
    2,
  );
  const lines = [["has", "privilege", "on", "needed for"], ...merged];
  const widths = [0, 1, 2].map((column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)));
  return lines.map((line) => `  ${line.map((cell, i) => cell.padEnd(widths[i] ?? 0)).join("  ")}`).join("\n");
}

/** Lines that differ in one column only become one. */
function join(lines: string[][], column: number): string[][] {
  const found = new Map<string, string[]>();
  for (const line of lines) {
    const key = JSON.stringify(line.filter((_, i) => i !== column));
    const before = found.get(key);
    const cells = (before ?? line).map((cell, i) =>
      before && i === column && !cell.split(", ").includes(line[i] ?? "") ? `${cell}, ${line[i]}` : cell,
    );
    found.set(key, cells);
  }
  return [...found.values()];
}

/** The privileges in a sentence: `monitor, and all on 'search-a'`. */
export function namesOf(needs: readonly Need[]): string {
  return needs
    .map(({ privilege, index }) => (index === undefined ? privilege : `${privilege} on '${index}'`))
    .join(", ");
}
