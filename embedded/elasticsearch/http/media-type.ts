import { ElasticsearchError, statusException } from "../errors";
import type { Profile } from "../profile";

interface MediaType {
  readonly type: string;
  readonly version: number | undefined;
}

const understood = new Set([
  "application/json",
  "application/x-ndjson",
  "application/vnd.elasticsearch+json",
  "application/vnd.elasticsearch+x-ndjson",
]);

/** Throws unless the versions in both headers are ones this server speaks, and agree. */
export function checkVersions(
  profile: Profile,
  accept: string | undefined,
  contentType: string | undefined,
  hasBody: boolean,
) {
  const [oldest, current] = profile.compatible;
  const accepted = parse(accept)?.version;
  const sent = hasBody ? parse(contentType)?.version : undefined;
  if (accepted !== undefined && (accepted < oldest || accepted > current)) {
    throw invalid(versionRange("Accept", oldest, current, accepted, accept));
  }
  if (!hasBody) return;
  if (sent !== undefined && (sent < oldest || sent > current)) {
    throw invalid(versionRange("Content-Type", oldest, current, sent, contentType));
  }
  if (sent !== accepted) {
    const rule =
      "A compatible version is required on both Content-Type and Accept headers if either one has requested a " +
      "compatible version and the compatible versions must match.";
    throw invalid(`${rule} Accept=${accept ?? "null"}, Content-Type=${contentType ?? "null"}`);
  }
}

/** The sentence for a body that this server can't read; undefined when it can. */
export function unreadable(contentType: string | undefined): string | undefined {
  if (contentType === undefined) return "Content-Type header is missing";
  const type = parse(contentType)?.type;
  return type !== undefined && understood.has(type)
    ? undefined
    : `Content-Type header [${contentType}] is not supported`;
}

/** The versioned type when the client asked for one, else plain JSON. */
export function responseType(accept: string | undefined): string {
  const version = parse(accept)?.version;
  return version === undefined ? "application/json" : `application/vnd.elasticsearch+json;compatible-with=${version}`;
}

/** Media ranges (with a comma or a star) count as no wish at all. */
function parse(header: string | undefined): MediaType | undefined {
  if (header === undefined || header.trim() === "" || header.includes(",") || header.includes("*")) return undefined;
  const [type = "", ...parameters] = header
    .toLowerCase()
    .split(";")
    .map((part) => part.trim());
  const version = parameters.map((each) => /^compatible-with\s*=\s*(\d+)$/.exec(each)?.[1]).find(Boolean);
  const vendor = type.startsWith("application/vnd.elasticsearch+");
  return { type, version: vendor && version !== undefined ? Number(version) : undefined };
}

function versionRange(
  header: string,
  oldest: number,
  current: number,
  found: number,
  value: string | undefined,
): string {
  return `${header} version must be either version ${current} or ${oldest}, but found ${found}. ${header}=${value ?? "null"}`;
}

function invalid(reason: string): ElasticsearchError {
  const message = "Invalid media-type value on headers [Accept, Content-Type]";
  return new ElasticsearchError(400, "media_type_header_exception", message, { causedBy: statusException(reason) });
}
