// SharePoint Online with document-level security: what a person may not read there, a search of theirs doesn't find.
import * as pulumi from "@pulumi/pulumi";
import * as elastic from "pulumi-elastic-connectors";

const config = new pulumi.Config();

const sites = new elastic.ContentConnector("sites", {
  serviceType: "sharepoint_online",
  description: "Sites of the company, with their permissions",
  language: "en",
  documentLevelSecurity: true,
  index: { name: config.get("indexName") ?? "search-sharepoint" },
  configuration: {
    tenant_id: config.require("tenantId"),
    tenant_name: config.require("tenantName"),
    client_id: config.require("clientId"),
    auth_method: "secret",
    secret_value: config.requireSecret("clientSecret"),
    site_collections: ["*"],
    fetch_unique_list_permissions: true,
  },
  scheduling: {
    full: { enabled: true, interval: "0 0 1 ? * SUN" },
    incremental: { enabled: true, interval: "0 30 * * * ?" },
    // Permissions first: who has just lost a right shouldn't find anything for long.
    accessControl: { enabled: true, interval: "0 0/15 * * * ?" },
  },
});

export const indexName = sites.indexName;
export const serviceEntry = sites.serviceEntry;

/**
 * For the search application. Each document of this index is one identity; its id is the person's, and its `query` is the
 * filter for what the person may read: documents whose `_allow_access_control.enum` names one of the person's identities,
 * and those that have no such field.
 *
 * The application searches with a key for that person, and Elasticsearch keeps to the filter whatever the query is:
 *
 *     GET /.search-acl-filter-search-sharepoint/_doc/jane@example.com    -> _source.query
 *     POST /_security/api_key
 *     { "name": "search-jane", "expiration": "1h",
 *       "role_descriptors": { "reader": { "indices": [
 *         { "names": ["search-sharepoint"], "privileges": ["read"], "query": <that query> } ] } } }
 *
 * A key for a person without such a document must not be made: without a query the whole index is readable.
 */
export const accessControlIndex = sites.accessControlIndex?.indexName;
