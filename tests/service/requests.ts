import type { Elasticsearch, LoggedRequest } from "../../embedded";

/** Answers of 400 and above that the service handles as part of its work. */
const EXPECTED = [
  // Asks at boot which of its indices there are, and before it reads the ids of an index whether it exists.
  /^HEAD \/\S+ 404$/,
  // Two of its tasks changed one document at once; it reads the document again and repeats.
  /^POST \/\.elastic-connectors\/_update\/\S+ 409$/,
];

/** Requests made with API keys, that is by the service, which failed where they shouldn't: `METHOD path status`. */
export function unexpectedAnswers({ control }: Elasticsearch): string[] {
  return control.requests
    .filter((request) => byTheService(request) && !(request.status >= 200 && request.status < 400))
    .map(({ method, path, status }) => `${method} ${path} ${status}`)
    .filter((line) => !EXPECTED.some((pattern) => pattern.test(line)));
}

/** The names of the keys with which requests that match were made. */
export function keysOf({ control }: Elasticsearch, pattern: RegExp): string[] {
  const matching = control.requests.filter((each) => byTheService(each) && pattern.test(`${each.method} ${each.path}`));
  return [...new Set(matching.map(({ who }) => who.replace("api key ", "")))].sort();
}

/** The tests themselves ask as the administrator; nobody else does. */
function byTheService({ who }: LoggedRequest): boolean {
  return who.startsWith("api key ") || who === "-";
}
