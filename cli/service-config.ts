/**
 * How many connectors a connectors service's configuration lists. Fails when the text isn't one, without showing any of it:
 * it may hold keys.
 */
export async function connectorsIn(text: string): Promise<number> {
  if (text.trim() === "") {
    throw new Error("Standard input is empty. Did the command before this one fail?");
  }
  if (text.trim() === "[secret]") {
    throw new Error("The output is masked: pass --show-secrets to `pulumi stack output configYml`.");
  }
  const { elasticsearch, connectors } = members(await parsed(text));
  const { host, api_key } = members(elasticsearch);
  const missing = [
    ...(typeof host === "string" ? [] : ["elasticsearch.host"]),
    ...(typeof api_key === "string" ? [] : ["elasticsearch.api_key"]),
    ...(Array.isArray(connectors) ? [] : ["connectors"]),
  ];
  if (missing.length > 0) {
    throw new Error(
      `Standard input is no configuration of a connectors service: it lacks ${missing.join(", ")}. Pass the output configYml of a ConnectorService, without --json.`,
    );
  }
  return Array.isArray(connectors) ? connectors.length : 0;
}

async function parsed(text: string): Promise<unknown> {
  const { LineCounter, parseDocument } = await import("yaml");
  const lines = new LineCounter();
  // The parser's own messages would quote the text.
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const [error] = document.errors;
  if (error) {
    const { line } = lines.linePos(error.pos[0]);
    throw new Error(`Standard input is no YAML: line ${line} can't be read. Pass the output configYml as it is.`);
  }
  return document.toJS();
}

function members(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
}
