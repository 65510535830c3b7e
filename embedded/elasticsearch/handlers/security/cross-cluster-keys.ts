import { ElasticsearchError, illegalArgument } from "../../errors";
import { type Call, type Handler, ok, param } from "../../http/call";
import { nullable, object, string } from "../../parse/kinds";
import { type Kind, optional, required } from "../../parse/object-parser";
import { onCluster } from "../../security/authorize";
import { expirationOf, nameProblems, partProblems } from "./api-key-body";
import { changeKey, refuseKeys } from "./change-api-keys";
import { issueKey } from "./create-api-key";
import { access } from "./cross-cluster-access";

const prefix = "cluster:admin/xpack/security/cross_cluster/api_key";

const pattern: Kind<string> = {
  tokens: ["VALUE_STRING"],
  parse(value) {
    try {
      new RegExp(String(value));
      return String(value);
    } catch {
      throw illegalArgument(`Invalid certificate_identity format: [${String(value)}]. Must be a valid regex.`);
    }
  },
};
const parts = { expiration: optional(string), metadata: optional(object) };

/** A key for a remote cluster's own connections; requests of clients can't be made with it. */
export const createCrossClusterKey: Handler = (call) => {
  requireLicense(call);
  const parser = "cross_cluster_api_key_request_payload";
  const shape = { ...parts, access: required(access), name: required(string) };
  const body = knowsIdentity(call)
    ? call.body.parse(parser, { ...shape, certificate_identity: optional(pattern) })
    : { ...call.body.parse(parser, shape), certificate_identity: undefined };
  const lifetime = expirationOf(parser, { ...body, role_descriptors: undefined });
  return {
    needs: onCluster(`${prefix}/create`),
    problems: [...nameProblems(body.name), ...partProblems(call.cluster, { ...body, role_descriptors: undefined })],
    run: () => {
      if (call.principal.apiKey !== undefined) {
        throw illegalArgument(
          "authentication via API key not supported: An API key cannot be used to create a cross-cluster API key",
        );
      }
      const identity = body.certificate_identity;
      return issueKey(call, call.principal, lifetime, {
        name: body.name,
        type: "cross_cluster",
        metadata: body.metadata ?? {},
        roleDescriptors: body.access,
        limitedBy: {},
        ...(identity === undefined || drops(call) ? {} : { certificateIdentity: identity }),
      });
    },
  };
};

export const updateCrossClusterKey: Handler = (call) => {
  requireLicense(call);
  const parser = "update_cross_cluster_api_key_request_payload";
  const shape = { ...parts, access: optional(access) };
  const body = knowsIdentity(call)
    ? call.body.parse(parser, { ...shape, certificate_identity: optional(nullable(pattern)) })
    : { ...call.body.parse(parser, shape), certificate_identity: undefined };
  const lifetime = expirationOf(parser, { ...body, role_descriptors: undefined });
  const { metadata, certificate_identity: identity } = body;
  const empty = body.access === undefined && metadata === undefined && identity === undefined;
  return {
    needs: onCluster(`${prefix}/update`),
    problems: [
      ...partProblems(call.cluster, { ...body, role_descriptors: undefined }),
      ...(empty ? [nothingToUpdate(call)] : []),
    ],
    run: () => {
      refuseKeys(call);
      const updated = changeKey(call, param(call, "id"), "cross_cluster", lifetime, {
        ...(body.access === undefined ? {} : { roleDescriptors: body.access }),
        ...(metadata === undefined ? {} : { metadata }),
        ...(identity === undefined ? {} : { certificateIdentity: identity ?? "" }),
      });
      return ok({ updated });
    },
  };
};

function drops({ cluster }: Call): boolean {
  return cluster.defects.has("certificate-identity-dropped");
}

/** Known from 9.3 on, which this profile stands for. */
function knowsIdentity({ cluster }: Call): boolean {
  return cluster.profile.since9_0;
}

function nothingToUpdate(call: Call): string {
  return knowsIdentity(call)
    ? "must update [access], [metadata] or [certificate_identity] for cross-cluster API keys"
    : "must update either [access] or [metadata] for cross-cluster API keys";
}

function requireLicense({ cluster }: Call): void {
  if (cluster.license === "trial" || cluster.license === "enterprise") return;
  const feature = "advanced-remote-cluster-security";
  throw new ElasticsearchError(403, "security_exception", `current license is non-compliant for [${feature}]`, {
    fields: { "license.expired.feature": feature },
  });
}
