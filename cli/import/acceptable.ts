import type { Elasticsearch } from "../../provider/elasticsearch/connection";
import { checkAgainstServer, checkLocally } from "../../provider/lifecycle/check";
import { type Issue, pathText } from "../../provider/model/issues";
import type { Bag, ResourceDefinition } from "../../provider/model/resource";
import { isRecord } from "../../provider/model/unknown";
import type { Remark } from "./model";

/** What a preview of the inputs would be refused with, given that the object is there as they say. */
export async function refusals(definition: ResourceDefinition, es: Elasticsearch, inputs: Bag): Promise<Issue[]> {
  const local = checkLocally(definition, inputs, inputs);
  const context = { project: "", stack: "", resource: "" };
  return local.length > 0 ? local : checkAgainstServer(definition, es, { olds: inputs, news: inputs, context });
}

/**
 * The inputs without what a preview would refuse: what isn't declared is left to the server. Nothing when that can't help.
 */
export function without(inputs: Bag, issues: Issue[]): { inputs: Bag; remarks: Remark[] } | undefined {
  let rest = inputs;
  const remarks: Remark[] = [];
  for (const issue of issues) {
    const path = issue.path.map(String);
    const gone = removable(rest, path);
    if (gone === undefined) {
      return undefined;
    }
    rest = removed(rest, gone);
    const where = gone.length < path.length ? ` (${pathText(issue.path)})` : "";
    remarks.push({ text: `Left out: ${pathText(gone)}, which${where} ${issue.message}.` });
  }
  return { inputs: rest, remarks };
}

/** The field that is refused, or all of them where one is missing. */
function removable(inputs: Bag, [first = "", second]: string[]): string[] | undefined {
  const value = inputs[first];
  if (value === undefined) {
    return undefined;
  }
  return second !== undefined && isRecord(value) && value[second] !== undefined ? [first, second] : [first];
}

function removed(inputs: Bag, [first = "", second]: string[]): Bag {
  const { [first]: value, ...others } = inputs;
  if (second === undefined || !isRecord(value)) {
    return others;
  }
  const { [second]: _, ...rest } = value;
  return Object.keys(rest).length > 0 ? { ...inputs, [first]: rest } : others;
}
