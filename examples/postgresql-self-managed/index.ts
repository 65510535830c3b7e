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

const service = new elastic.ConnectorService("shop", {
  connectors: [orders],
  endpoint: config.require("elasticsearchHost"),
});

/** `pulumi stack output configYml --show-secrets | npx pulumi-elastic-connectors config write config.yml` */
export const configYml = service.configYml;
