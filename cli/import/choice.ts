import type { Elasticsearch } from "../../provider/elasticsearch/connection";
import { getConnector, listConnectors, type WireConnector } from "../../provider/elasticsearch/connectors";
import { nearest } from "../../provider/text/nearest";
import { printable } from "../printable";

/** By exact values: one of each kind that is given has to fit. */
export interface Choice {
  id: string[];
  name: string[];
  index: string[];
  serviceType: string[];
}

interface Filter {
  option: string;
  values: string[];
  of: (wire: WireConnector) => string;
}

/** The connectors that fit, each once. @throws when there are some, and a value or all of them together fit none. */
export async function chosenConnectors(es: Elasticsearch, choice: Choice): Promise<WireConnector[]> {
  const ids = [...new Set(choice.id)];
  const listed = ids.length > 0 ? await Promise.all(ids.map((id) => connectorById(es, id))) : await listConnectors(es);
  const all = listed.filter(({ deleted }) => deleted !== true);
  const filters = filtersOf(choice);
  const chosen = all.filter((wire) => filters.every((filter) => fits(wire, filter)));
  if (all.length > 0) {
    refuseMisfits(filters, all, chosen, `${ids.length > 0 ? "that --id names " : ""}at ${es.endpoint}`);
  }
  return chosen;
}

function filtersOf({ name, index, serviceType }: Choice): Filter[] {
  return [
    { option: "--name", values: name, of: (wire: WireConnector) => wire.name ?? "" },
    { option: "--index", values: index, of: (wire: WireConnector) => wire.index_name ?? "" },
    { option: "--service-type", values: serviceType, of: (wire: WireConnector) => wire.service_type ?? "" },
  ].filter(({ values }) => values.length > 0);
}

function fits(wire: WireConnector, { values, of }: Filter): boolean {
  return values.includes(of(wire));
}

async function connectorById(es: Elasticsearch, id: string): Promise<WireConnector> {
  const found = id === "" ? undefined : await getConnector(es, id);
  if (!found) {
    throw new Error(printable(`There is no connector with the id '${id}' at ${es.endpoint}.`));
  }
  return found;
}

/** A value that fits nothing is a mistake, also where others fit: its connector would be missed later. */
function refuseMisfits(filters: Filter[], all: WireConnector[], chosen: WireConnector[], where: string): void {
  const none =
    all.length === 1 ? `The only connector ${where} doesn't fit` : `None of the ${all.length} connectors ${where} fits`;
  for (const { option, values, of } of filters) {
    const present = [...new Set(all.map(of))];
    const wrong = values.find((value) => !present.includes(value));
    if (wrong !== undefined) {
      throw new Error(printable(`${none} ${option} ${quoted(wrong)}.${hint(wrong, present)}`));
    }
  }
  if (chosen.length === 0) {
    const asked = filters.map(({ option, values }) => `${option} ${values.map(quoted).join(" or ")}`);
    throw new Error(printable(`${none} ${asked.join(" and ")} at once.`));
  }
}

const FEW = 5;

function hint(wrong: string, present: string[]): string {
  const there = present.filter((value) => value !== "");
  const guess = nearest(wrong, there) ?? there.find((value) => begins(value, wrong));
  if (guess !== undefined) {
    return ` Did you mean ${quoted(guess)}?`;
  }
  return there.length > 0 && there.length <= FEW
    ? ` There ${there.length === 1 ? "is" : "are"} ${there.map(quoted).join(", ")}.`
    : "";
}

/** `mongo` for `mongodb`: more letters are missing than a slip explains. */
function begins(value: string, wrong: string): boolean {
  return wrong.length > 2 && value.toLowerCase().startsWith(wrong.toLowerCase());
}

function quoted(text: string): string {
  return `'${text}'`;
}
