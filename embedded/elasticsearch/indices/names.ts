import { ElasticsearchError } from "../errors";

const forbiddenCharacters = [" ", '"', "*", ",", "/", "<", ">", "?", "\\", "|"];

/** What is wrong with a name for an index or an alias; undefined when nothing is. */
export function nameComplaint(name: string): string | undefined {
  if (forbiddenCharacters.some((character) => name.includes(character))) {
    return `must not contain the following characters [${forbiddenCharacters.map((each) => `'${each}'`).join(",")}]`;
  }
  if (name === "") return "must not be empty";
  if (name.includes("#")) return "must not contain '#'";
  if (name.includes(":")) return "must not contain ':'";
  if (/^[_+-]/.test(name)) return "must not start with '_', '-', or '+'";
  const bytes = Buffer.byteLength(name);
  if (bytes > 255) return `index name is too long, (${bytes} > 255)`;
  if (name === "." || name === "..") return "must not be '.' or '..'";
  return undefined;
}

/** Stricter than for aliases: an index can't have capitals. */
export function indexNameComplaint(name: string): string | undefined {
  return nameComplaint(name) ?? (name === name.toLowerCase() ? undefined : "must be lowercase");
}

export function invalidIndexName(name: string, complaint: string): ElasticsearchError {
  return new ElasticsearchError(400, "invalid_index_name_exception", `Invalid index name [${name}], ${complaint}`, {
    fields: { index_uuid: "_na_", index: name },
  });
}

/** The form in which the connector API reports a bad index name: the printed exception inside a validation message. */
export function indexNameProblem(name: string): string | undefined {
  const complaint = nameComplaint(name);
  if (complaint === undefined) return undefined;
  return `[${name}] org.elasticsearch.indices.InvalidIndexNameException: Invalid index name [${name}], ${complaint}`;
}
