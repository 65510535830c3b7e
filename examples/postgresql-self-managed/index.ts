// PostgreSQL, synchronised by a connectors service of your own; its config.yml comes out of `pulumi stack output`.
import * as pulumi from "@pulumi/pulumi";
import * as elastic from "pulumi-elastic-connectors";

const config = new pulumi.Config();

const orders = new elastic.ContentConnector("orders", {
  serviceType: "postgresql",
  language: "en",
  index: { name: "search-orders" },
  configuration: {
    host: config.require("databaseHost"),
    port: 5432,
    username: "reader",
    password: config.requireSecret("databasePassword"),
    database: "shop",
    schema: "public",
    tables: ["orders", "customers"],
    ssl_enabled: true,
    ssl_ca: config.require("databaseCa"),
  },
  scheduling: { full: { enabled: true, interval: "0 0 3 * * ?" } },
});

// The service's own key: it looks after the documents of connectors and jobs, and after the content index.
const service = new elastic.ApiKey("service", {
  name: "connectors-service",
  roleDescriptors: {
    service: {
      cluster: ["monitor", "manage_connector"],
      indices: [
        { names: [".elastic-connectors*"], privileges: ["view_index_metadata", "create_index", "read", "write"] },
        // The service itself counts what a connector has written.
        { names: [orders.indexName], privileges: ["read", "maintenance"] },
      ],
    },
  },
});

/** `pulumi stack output configYml --show-secrets > config.yml`. JSON is YAML. */
export const configYml = pulumi.jsonStringify(
  {
    elasticsearch: { host: config.require("elasticsearchHost"), api_key: service.encoded },
    connectors: [orders.serviceEntry],
  },
  undefined,
  2,
);
