// GitHub with sync rules: which repositories' issues and files are taken, and which are left out.
import * as pulumi from "@pulumi/pulumi";
import * as elastic from "pulumi-elastic-connectors";

const config = new pulumi.Config();

const code = new elastic.ContentConnector("code", {
  serviceType: "github",
  index: { name: "search-github" },
  configuration: {
    data_source: "github_cloud",
    auth_method: "personal_access_token",
    token: config.requireSecret("githubToken"),
    repo_type: "organization",
    org_name: config.require("organization"),
    repositories: ["handbook", "website"],
    use_document_level_security: false,
  },
  syncRules: {
    // Tried in order, the first that matches a document decides; they count at once.
    basic: [
      { policy: "exclude", field: "path", rule: "starts_with", value: "archive/" },
      { policy: "exclude", field: "size", rule: ">", value: "1000000" },
    ],
    // In GitHub's own terms. A connectors service has to check them first; until then they are a draft.
    advanced: [
      { repository: "handbook", filter: { branch: "main" } },
      { repository: "website", filter: { issue: "is:open", pr: "is:open" } },
    ],
  },
  scheduling: { full: { enabled: true, interval: "0 0 4 * * ?" } },
});

export const connectorId = code.connectorId;
export const serviceEntry = code.serviceEntry;
