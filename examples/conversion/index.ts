// From Elastic's managed service to one of your own: first `native`, later `pulumi config set selfManaged true`.
//
// The conversion is in place and can't be undone; the preview says so. The connector keeps its id, index and
// configuration. It gets a new key, without the rights on the connectors index that only the managed service needed; the old
// key and the stored secret go. The new one stands in `serviceEntry`, for your service's config.yml.
import * as pulumi from "@pulumi/pulumi";
import * as elastic from "pulumi-elastic-connectors";

const config = new pulumi.Config();
const selfManaged = config.getBoolean("selfManaged") === true;

const wiki = new elastic.ContentConnector("wiki", {
  serviceType: "confluence",
  native: !selfManaged,
  language: "en",
  index: { name: "search-wiki" },
  configuration: {
    data_source: "confluence_cloud",
    account_email: config.require("accountEmail"),
    api_token: config.requireSecret("apiToken"),
    confluence_url: config.require("confluenceUrl"),
    spaces: ["*"],
  },
});

export const connectorId = wiki.connectorId;
export const configYml = selfManaged
  ? new elastic.ConnectorService("wiki", { connectors: [wiki], endpoint: config.require("elasticsearchHost") })
      .configYml
  : undefined;
