// Generated from the connector catalogue by `npm run generate`.
import type * as pulumi from "@pulumi/pulumi";

/** Configuration of Azure Blob Storage (`azure_blob_storage`). */
export interface AzureBlobStorageConfiguration {
  /** Azure Blob Storage account name. */
  account_name: pulumi.Input<string>;
  /** Azure Blob Storage account key. Secret. */
  account_key: pulumi.Input<string>;
  /** Azure Blob Storage blob endpoint. */
  blob_endpoint: pulumi.Input<string>;
  /** Azure Blob Storage containers. Several values, as an array or separated by commas. */
  containers: pulumi.Input<string | pulumi.Input<string>[]>;
  /**
   * Retries per request.
   * @default `3`
   */
  retry_count?: pulumi.Input<number> | undefined;
  /**
   * Maximum concurrent downloads.
   * @default `100`
   */
  concurrent_downloads?: pulumi.Input<number> | undefined;
  /**
   * Use text extraction service. Requires a separate deployment of the Elastic Text Extraction Service. Requires that pipeline settings disable text extraction.
   * @default `false`
   */
  use_text_extraction_service?: pulumi.Input<boolean> | undefined;
}

/** Configuration of Box (`box`). */
export interface BoxConfiguration {
  /**
   * Box Account.
   * @default `"box_free"`
   */
  is_enterprise?: pulumi.Input<"box_free" | "box_enterprise"> | undefined;
  /** Client ID. */
  client_id: pulumi.Input<string>;
  /** Client Secret. Secret. */
  client_secret: pulumi.Input<string>;
  /** Refresh Token. Only used when `is_enterprise` is `"box_free"`. Secret. */
  refresh_token?: pulumi.Input<string> | undefined;
  /** Enterprise ID. Only used when `is_enterprise` is `"box_enterprise"`. */
  enterprise_id?: pulumi.Input<number> | undefined;
  /**
   * Maximum concurrent downloads.
   * @default `15`
   */
  concurrent_downloads?: pulumi.Input<number> | undefined;
}

/** Configuration of Confluence (`confluence`). */
export interface ConfluenceConfiguration {
  /**
   * Confluence data source.
   * @default `"confluence_server"`
   */
  data_source?: pulumi.Input<"confluence_cloud" | "confluence_server" | "confluence_data_center"> | undefined;
  /** Confluence Server username. Only used when `data_source` is `"confluence_server"`. */
  username?: pulumi.Input<string> | undefined;
  /** Confluence Server password. Only used when `data_source` is `"confluence_server"`. Secret. */
  password?: pulumi.Input<string> | undefined;
  /**
   * Confluence Data Center authentication method. Only used when `data_source` is `"confluence_data_center"`.
   * @default `"basic"`
   */
  data_center_auth_method?: pulumi.Input<"basic" | "personal_access_token"> | undefined;
  /** Confluence Data Center username. Only used when `data_source` is `"confluence_data_center"` and `data_center_auth_method` is `"basic"`. */
  data_center_username?: pulumi.Input<string> | undefined;
  /** Confluence Data Center password. Only used when `data_source` is `"confluence_data_center"` and `data_center_auth_method` is `"basic"`. Secret. */
  data_center_password?: pulumi.Input<string> | undefined;
  /** Confluence Data Center personal access token. Only used when `data_source` is `"confluence_data_center"` and `data_center_auth_method` is `"personal_access_token"`. Secret. */
  data_center_personal_access_token?: pulumi.Input<string> | undefined;
  /** Confluence Cloud account email. Only used when `data_source` is `"confluence_cloud"`. */
  account_email?: pulumi.Input<string> | undefined;
  /** Confluence Cloud API token. Only used when `data_source` is `"confluence_cloud"`. Secret. */
  api_token?: pulumi.Input<string> | undefined;
  /** Confluence URL. */
  confluence_url: pulumi.Input<string>;
  /** Confluence space keys. This configurable field is ignored when Advanced Sync Rules are used. Several values, as an array or separated by commas. */
  spaces: pulumi.Input<string | pulumi.Input<string>[]>;
  /**
   * Enable indexing labels. Enabling this will increase the amount of network calls to the source, and may decrease performance.
   * @default `false`
   */
  index_labels?: pulumi.Input<boolean> | undefined;
  /**
   * Enable SSL.
   * @default `false`
   */
  ssl_enabled?: pulumi.Input<boolean> | undefined;
  /** SSL certificate. Only used when `ssl_enabled` is `true`. */
  ssl_ca?: pulumi.Input<string> | undefined;
  /**
   * Retries per request.
   * @default `3`
   */
  retry_count?: pulumi.Input<number> | undefined;
  /**
   * Maximum concurrent downloads.
   * @default `50`
   */
  concurrent_downloads?: pulumi.Input<number> | undefined;
  /**
   * Enable document level security. Document level security ensures identities and permissions set in confluence are maintained in Elasticsearch. This enables you to restrict and personalize read-access users have to documents in this index. Access control syncs ensure this metadata is kept up to date in your Elasticsearch documents.
   * @default `false`
   */
  use_document_level_security?: pulumi.Input<boolean> | undefined;
  /**
   * Use text extraction service. Requires a separate deployment of the Elastic Text Extraction Service. Requires that pipeline settings disable text extraction.
   * @default `false`
   */
  use_text_extraction_service?: pulumi.Input<boolean> | undefined;
}

/** Configuration of System Directory (`dir`). */
export interface DirConfiguration {
  /** Directory path. */
  directory: pulumi.Input<string>;
  /**
   * File glob-like pattern.
   * @default `"**\/*.*"`
   */
  pattern?: pulumi.Input<string> | undefined;
}

/** Configuration of Dropbox (`dropbox`). */
export interface DropboxConfiguration {
  /** Path to fetch files/folders. Path is ignored when Advanced Sync Rules are used. */
  path?: pulumi.Input<string> | undefined;
  /** App Key. Secret. */
  app_key: pulumi.Input<string>;
  /** App secret. Secret. */
  app_secret: pulumi.Input<string>;
  /** Refresh token. Secret. */
  refresh_token: pulumi.Input<string>;
  /**
   * Retries per request.
   * @default `3`
   */
  retry_count?: pulumi.Input<number> | undefined;
  /**
   * Maximum concurrent downloads.
   * @default `100`
   */
  concurrent_downloads?: pulumi.Input<number> | undefined;
  /**
   * Use text extraction service. Requires a separate deployment of the Elastic Text Extraction Service. Requires that pipeline settings disable text extraction.
   * @default `false`
   */
  use_text_extraction_service?: pulumi.Input<boolean> | undefined;
  /**
   * Enable document level security. Document level security ensures identities and permissions set in Dropbox are maintained in Elasticsearch. This enables you to restrict and personalize read-access users and groups have to documents in this index. Access control syncs ensure this metadata is kept up to date in your Elasticsearch documents.
   * @default `false`
   */
  use_document_level_security?: pulumi.Input<boolean> | undefined;
  /**
   * Include groups and inherited users. Include groups and inherited users when indexing permissions. Enabling this configurable field will cause a significant performance degradation. Only used when `use_document_level_security` is `true`.
   * @default `false`
   */
  include_inherited_users_and_groups?: pulumi.Input<boolean> | undefined;
}

/** Configuration of GitHub (`github`). */
export interface GithubConfiguration {
  /**
   * Data source.
   * @default `"github_server"`
   */
  data_source?: pulumi.Input<"github_cloud" | "github_server"> | undefined;
  /** Server URL. Only used when `data_source` is `"github_server"`. */
  host?: pulumi.Input<string> | undefined;
  /**
   * Authentication method.
   * @default `"personal_access_token"`
   */
  auth_method?: pulumi.Input<"personal_access_token" | "github_app"> | undefined;
  /** Token. Only used when `auth_method` is `"personal_access_token"`. Secret. */
  token?: pulumi.Input<string> | undefined;
  /**
   * Repository Type. The Document Level Security feature is not available for the Other Repository Type.
   * @default `"other"`
   */
  repo_type?: pulumi.Input<"organization" | "other"> | undefined;
  /** Organization Name. Only used when `auth_method` is `"personal_access_token"` and `repo_type` is `"organization"`. */
  org_name?: pulumi.Input<string> | undefined;
  /** App ID. Only used when `auth_method` is `"github_app"`. */
  app_id?: pulumi.Input<number> | undefined;
  /** App private key. Only used when `auth_method` is `"github_app"`. Secret. */
  private_key?: pulumi.Input<string> | undefined;
  /** List of repositories. This configurable field is ignored when Advanced Sync Rules are used. Several values, as an array or separated by commas. */
  repositories: pulumi.Input<string | pulumi.Input<string>[]>;
  /**
   * Enable SSL.
   * @default `false`
   */
  ssl_enabled?: pulumi.Input<boolean> | undefined;
  /** SSL certificate. Only used when `ssl_enabled` is `true`. */
  ssl_ca?: pulumi.Input<string> | undefined;
  /**
   * Maximum retries per request.
   * @default `3`
   */
  retry_count?: pulumi.Input<number> | undefined;
  /**
   * Use text extraction service. Requires a separate deployment of the Elastic Text Extraction Service. Requires that pipeline settings disable text extraction.
   * @default `false`
   */
  use_text_extraction_service?: pulumi.Input<boolean> | undefined;
  /**
   * Enable document level security. Document level security ensures identities and permissions set in GitHub are maintained in Elasticsearch. This enables you to restrict and personalize read-access users and groups have to documents in this index. Access control syncs ensure this metadata is kept up to date in your Elasticsearch documents. Only used when `repo_type` is `"organization"`.
   * @default `false`
   */
  use_document_level_security?: pulumi.Input<boolean> | undefined;
}

/** Configuration of GitLab (`gitlab`). */
export interface GitlabConfiguration {
  /** Personal Access Token. GitLab Personal Access Token with api, read_api, and read_repository scopes. Secret. */
  token: pulumi.Input<string>;
  /** List of projects. List of project paths (e.g., 'group/project'). Use '*' to sync all projects where the token's user is a member. Several values, as an array or separated by commas. */
  projects: pulumi.Input<string | pulumi.Input<string>[]>;
}

/** Configuration of GMail (`gmail`). */
export interface GmailConfiguration {
  /** GMail service account JSON. Secret. */
  service_account_credentials: pulumi.Input<string>;
  /** Google Workspace admin email. Admin account email address. */
  subject: pulumi.Input<string>;
  /** Google customer id. Google admin console -> Account -> Settings -> Customer Id. */
  customer_id: pulumi.Input<string>;
  /**
   * Include spam and trash emails. Will include spam and trash emails, when set to true.
   * @default `false`
   */
  include_spam_and_trash?: pulumi.Input<boolean> | undefined;
  /**
   * Index full raw email (including headers). When disabled (default), only the email body is indexed. Enable to keep the full raw message including routing and authentication headers - useful for edge cases where body extraction misses content.
   * @default `false`
   */
  include_full_raw_message?: pulumi.Input<boolean> | undefined;
  /**
   * Enable document level security. Document level security ensures identities and permissions set in GMail are maintained in Elasticsearch. This enables you to restrict and personalize read-access users have to documents in this index. Access control syncs ensure this metadata is kept up to date in your Elasticsearch documents.
   * @default `true`
   */
  use_document_level_security?: pulumi.Input<boolean> | undefined;
}

/** Configuration of Google Cloud Storage (`google_cloud_storage`). */
export interface GoogleCloudStorageConfiguration {
  /** Google Cloud Storage buckets. Several values, as an array or separated by commas. */
  buckets: pulumi.Input<string | pulumi.Input<string>[]>;
  /** Google Cloud service account JSON. Secret. */
  service_account_credentials: pulumi.Input<string>;
  /**
   * Use text extraction service. Requires a separate deployment of the Elastic Text Extraction Service. Requires that pipeline settings disable text extraction.
   * @default `false`
   */
  use_text_extraction_service?: pulumi.Input<boolean> | undefined;
}

/** Configuration of Google Drive (`google_drive`). */
export interface GoogleDriveConfiguration {
  /** Google Drive service account JSON. This connectors authenticates as a service account to synchronize content from Google Drive. Secret. */
  service_account_credentials: pulumi.Input<string>;
  /**
   * Use domain-wide delegation for data sync. Enable domain-wide delegation to automatically sync content from all shared and personal drives in the Google workspace. This eliminates the need to manually share Google Drive data with your service account, though it may increase sync time. If disabled, only items and folders manually shared with the service account will be synced. Please refer to the connector documentation to ensure domain-wide delegation is correctly configured and has the appropriate scopes.
   * @default `false`
   */
  use_domain_wide_delegation_for_sync?: pulumi.Input<boolean> | undefined;
  /** Google Workspace admin email. Provide the admin email to be used with domain-wide delegation for data sync. This email enables the connector to utilize the Admin Directory API for listing organization users. Please refer to the connector documentation to ensure domain-wide delegation is correctly configured and has the appropriate scopes. Only used when `use_domain_wide_delegation_for_sync` is `true`. */
  google_workspace_admin_email_for_data_sync?: pulumi.Input<string> | undefined;
  /** Google Workspace email for syncing shared drives. Provide the Google Workspace user email for discovery and syncing of shared drives. Only the shared drives this user has access to will be synced. Only used when `use_domain_wide_delegation_for_sync` is `true`. */
  google_workspace_email_for_shared_drives_sync?: pulumi.Input<string> | undefined;
  /**
   * Enable document level security. Document level security ensures identities and permissions set in Google Drive are maintained in Elasticsearch. This enables you to restrict and personalize read-access users and groups have to documents in this index. Access control syncs ensure this metadata is kept up to date in your Elasticsearch documents.
   * @default `false`
   */
  use_document_level_security?: pulumi.Input<boolean> | undefined;
  /** Google Workspace admin email. In order to use Document Level Security you need to enable Google Workspace domain-wide delegation of authority for your service account. A service account with delegated authority can impersonate admin user with sufficient permissions to fetch all users and their corresponding permissions. Please refer to the connector documentation to ensure domain-wide delegation is correctly configured and has the appropriate scopes. Only used when `use_document_level_security` is `true` and `use_domain_wide_delegation_for_sync` is `false`. */
  google_workspace_admin_email?: pulumi.Input<string> | undefined;
  /**
   * Maximum concurrent HTTP requests. This setting determines the maximum number of concurrent HTTP requests sent to the Google API to fetch data. Increasing this value can improve data retrieval speed, but it may also place higher demands on system resources and network bandwidth.
   * @default `25`
   */
  max_concurrency?: pulumi.Input<number> | undefined;
  /**
   * Use text extraction service. Requires a separate deployment of the Elastic Text Extraction Service. Requires that pipeline settings disable text extraction.
   * @default `false`
   */
  use_text_extraction_service?: pulumi.Input<boolean> | undefined;
}

/** Configuration of GraphQL (`graphql`). */
export interface GraphqlConfiguration {
  /** GraphQL HTTP endpoint. */
  http_endpoint: pulumi.Input<string>;
  /**
   * HTTP method for GraphQL requests.
   * @default `"post"`
   */
  http_method?: pulumi.Input<"get" | "post"> | undefined;
  /**
   * Authentication Method.
   * @default `"none"`
   */
  authentication_method?: pulumi.Input<"none" | "basic" | "bearer"> | undefined;
  /** Username. Only used when `authentication_method` is `"basic"`. */
  username?: pulumi.Input<string> | undefined;
  /** Password. Only used when `authentication_method` is `"basic"`. Secret. */
  password?: pulumi.Input<string> | undefined;
  /** Bearer Token. Only used when `authentication_method` is `"bearer"`. Secret. */
  token?: pulumi.Input<string> | undefined;
  /** GraphQL Body. */
  graphql_query: pulumi.Input<string>;
  /** Graphql Variables. Only used when `http_method` is `"post"`. */
  graphql_variables?: pulumi.Input<string> | undefined;
  /** GraphQL Objects to ID mapping. Specifies which GraphQL objects should be indexed as individual documents. This allows finer control over indexing, ensuring only relevant data sections from the GraphQL response are stored as separate documents. Use a JSON with key as the GraphQL object name and value as string field within the document, with the requirement that each document must have a distinct value for this field. Use '.' to provide full path of the object from the root of the response. For example {'organization.users.nodes': 'id'}. */
  graphql_object_to_id_map: pulumi.Input<string>;
  /** Headers. */
  headers?: pulumi.Input<string> | undefined;
  /**
   * Pagination model. For cursor-based pagination, add 'pageInfo' and an 'after' argument variable in your query at the desired node (Pagination key). Use 'after' query argument with a variable to iterate through pages. Detailed examples and setup instructions are available in the docs.
   * @default `"no_pagination"`
   */
  pagination_model?: pulumi.Input<"no_pagination" | "cursor_pagination"> | undefined;
  /** Pagination key. Specifies which GraphQL object is used for pagination. Use '.' to provide full path of the object from the root of the response. For example 'organization.users'. Only used when `pagination_model` is `"cursor_pagination"`. */
  pagination_key?: pulumi.Input<string> | undefined;
  /**
   * Connection Timeout.
   * @default `300`
   */
  connection_timeout?: pulumi.Input<number> | undefined;
}

/** Configuration of Jira (`jira`). */
export interface JiraConfiguration {
  /**
   * Jira data source.
   * @default `"jira_cloud"`
   */
  data_source?: pulumi.Input<"jira_cloud" | "jira_server" | "jira_data_center"> | undefined;
  /** Jira Server username. Only used when `data_source` is `"jira_server"`. */
  username?: pulumi.Input<string> | undefined;
  /** Jira Server password. Only used when `data_source` is `"jira_server"`. Secret. */
  password?: pulumi.Input<string> | undefined;
  /**
   * Jira Data Center authentication method. Only used when `data_source` is `"jira_data_center"`.
   * @default `"basic"`
   */
  data_center_auth_method?: pulumi.Input<"basic" | "personal_access_token"> | undefined;
  /** Jira Data Center username. Only used when `data_source` is `"jira_data_center"` and `data_center_auth_method` is `"basic"`. */
  data_center_username?: pulumi.Input<string> | undefined;
  /** Jira Data Center password. Only used when `data_source` is `"jira_data_center"` and `data_center_auth_method` is `"basic"`. Secret. */
  data_center_password?: pulumi.Input<string> | undefined;
  /** Jira Data Center personal access token. Only used when `data_source` is `"jira_data_center"` and `data_center_auth_method` is `"personal_access_token"`. Secret. */
  data_center_personal_access_token?: pulumi.Input<string> | undefined;
  /** Jira Cloud email address. Email address associated with Jira Cloud account. E.g. jane.doe@gmail.com. Only used when `data_source` is `"jira_cloud"`. */
  account_email?: pulumi.Input<string> | undefined;
  /** Jira Cloud API token. Only used when `data_source` is `"jira_cloud"`. Secret. */
  api_token?: pulumi.Input<string> | undefined;
  /** Jira host url. */
  jira_url: pulumi.Input<string>;
  /** Jira project keys. This configurable field is ignored when Advanced Sync Rules are used. Several values, as an array or separated by commas. */
  projects: pulumi.Input<string | pulumi.Input<string>[]>;
  /**
   * Enable SSL.
   * @default `false`
   */
  ssl_enabled?: pulumi.Input<boolean> | undefined;
  /** SSL certificate. Only used when `ssl_enabled` is `true`. */
  ssl_ca?: pulumi.Input<string> | undefined;
  /**
   * Retries for failed requests.
   * @default `3`
   */
  retry_count?: pulumi.Input<number> | undefined;
  /**
   * Maximum concurrent downloads.
   * @default `100`
   */
  concurrent_downloads?: pulumi.Input<number> | undefined;
  /**
   * Enable document level security. Document level security ensures identities and permissions set in Jira are maintained in Elasticsearch. This enables you to restrict and personalize read-access users and groups have to documents in this index. Access control syncs ensure this metadata is kept up to date in your Elasticsearch documents. Only 1000 users can be fetched for Jira Data Center.
   * @default `false`
   */
  use_document_level_security?: pulumi.Input<boolean> | undefined;
  /**
   * Use text extraction service. Requires a separate deployment of the Elastic Text Extraction Service. Requires that pipeline settings disable text extraction.
   * @default `false`
   */
  use_text_extraction_service?: pulumi.Input<boolean> | undefined;
}

/** Configuration of Microsoft Teams (`microsoft_teams`). */
export interface MicrosoftTeamsConfiguration {
  /** Tenant ID. */
  tenant_id: pulumi.Input<string>;
  /** Client ID. */
  client_id: pulumi.Input<string>;
  /** Secret value. Secret. */
  secret_value: pulumi.Input<string>;
  /** Username. */
  username: pulumi.Input<string>;
  /** Password. Secret. */
  password: pulumi.Input<string>;
}

/** Configuration of MongoDB (`mongodb`). */
export interface MongodbConfiguration {
  /** Server hostname. */
  host: pulumi.Input<string>;
  /** Username. */
  user?: pulumi.Input<string> | undefined;
  /** Password. Secret. */
  password?: pulumi.Input<string> | undefined;
  /** Database. */
  database: pulumi.Input<string>;
  /** Collection. */
  collection: pulumi.Input<string>;
  /**
   * Direct connection.
   * @default `false`
   */
  direct_connection?: pulumi.Input<boolean> | undefined;
  /**
   * SSL/TLS Connection. This option establishes a secure connection to the MongoDB server using SSL/TLS encryption. Ensure that your MongoDB deployment supports SSL/TLS connections. Enable if MongoDB cluster uses DNS SRV records.
   * @default `false`
   */
  ssl_enabled?: pulumi.Input<boolean> | undefined;
  /** Certificate Authority (.pem). Specifies the root certificate from the Certificate Authority. The value of the certificate is used to validate the certificate presented by the MongoDB instance. Only used when `ssl_enabled` is `true`. */
  ssl_ca?: pulumi.Input<string> | undefined;
  /**
   * Skip certificate verification. This option skips certificate validation for TLS/SSL connections to your MongoDB server. We strongly recommend setting this option to 'disable'. Only used when `ssl_enabled` is `true`.
   * @default `false`
   */
  tls_insecure?: pulumi.Input<boolean> | undefined;
  /**
   * Out-of-range date handling. How to handle MongoDB dates outside the supported range (years 1-9999). 'Raise an error' is the legacy behavior; the other options let the sync continue by clamping or storing raw epoch milliseconds.
   * @default `"DATETIME"`
   */
  datetime_conversion?: pulumi.Input<"DATETIME" | "DATETIME_CLAMP" | "DATETIME_AUTO" | "DATETIME_MS"> | undefined;
}

/** Configuration of Microsoft SQL Server (`mssql`). */
export interface MssqlConfiguration {
  /** Host. */
  host: pulumi.Input<string>;
  /** Port. */
  port: pulumi.Input<number>;
  /** Username. */
  username: pulumi.Input<string>;
  /** Password. Secret. */
  password: pulumi.Input<string>;
  /** Database. */
  database: pulumi.Input<string>;
  /**
   * Comma-separated list of tables. This configurable field is ignored when Advanced Sync Rules are used. Several values, as an array or separated by commas.
   * @default `"*"`
   */
  tables?: pulumi.Input<string | pulumi.Input<string>[]> | undefined;
  /**
   * Rows fetched per request.
   * @default `50`
   */
  fetch_size?: pulumi.Input<number> | undefined;
  /**
   * Retries per request.
   * @default `3`
   */
  retry_count?: pulumi.Input<number> | undefined;
  /** Schema. */
  schema: pulumi.Input<string>;
  /**
   * Enable SSL verification.
   * @default `false`
   */
  ssl_enabled?: pulumi.Input<boolean> | undefined;
  /** SSL certificate. Only used when `ssl_enabled` is `true`. */
  ssl_ca?: pulumi.Input<string> | undefined;
  /**
   * Validate host.
   * @default `false`
   */
  validate_host?: pulumi.Input<boolean> | undefined;
}

/** Configuration of MySQL (`mysql`). */
export interface MysqlConfiguration {
  /** Host. */
  host: pulumi.Input<string>;
  /** Port. */
  port: pulumi.Input<number>;
  /** Username. */
  user: pulumi.Input<string>;
  /** Password. Secret. */
  password: pulumi.Input<string>;
  /** Database. */
  database: pulumi.Input<string>;
  /**
   * Comma-separated list of tables. Several values, as an array or separated by commas.
   * @default `"*"`
   */
  tables?: pulumi.Input<string | pulumi.Input<string>[]> | undefined;
  /**
   * Enable SSL.
   * @default `false`
   */
  ssl_enabled?: pulumi.Input<boolean> | undefined;
  /** SSL certificate. Only used when `ssl_enabled` is `true`. */
  ssl_ca?: pulumi.Input<string> | undefined;
  /**
   * Rows fetched per request.
   * @default `5000`
   */
  fetch_size?: pulumi.Input<number> | undefined;
  /**
   * Retries per request.
   * @default `3`
   */
  retry_count?: pulumi.Input<number> | undefined;
}

/** Configuration of Network Drive (`network_drive`). */
export interface NetworkDriveConfiguration {
  /** Username. */
  username: pulumi.Input<string>;
  /** Password. Secret. */
  password: pulumi.Input<string>;
  /** SMB IP. */
  server_ip: pulumi.Input<string>;
  /** SMB port. */
  server_port: pulumi.Input<number>;
  /** SMB path. */
  drive_path: pulumi.Input<string>;
  /**
   * Enable document level security. Document level security ensures identities and permissions set in your network drive are mirrored in Elasticsearch. This enables you to restrict and personalize read-access users and groups have to documents in this index. Access control syncs ensure this metadata is kept up to date in your Elasticsearch documents.
   * @default `false`
   */
  use_document_level_security?: pulumi.Input<boolean> | undefined;
  /**
   * Drive type. Only used when `use_document_level_security` is `true`.
   * @default `"windows"`
   */
  drive_type?: pulumi.Input<"windows" | "linux"> | undefined;
  /** Path of CSV file containing users and groups SID (For Linux Network Drive). Only used when `use_document_level_security` is `true` and `drive_type` is `"linux"`. */
  identity_mappings?: pulumi.Input<string> | undefined;
  /**
   * Use text extraction service. Requires a separate deployment of the Elastic Text Extraction Service. Requires that pipeline settings disable text extraction.
   * @default `false`
   */
  use_text_extraction_service?: pulumi.Input<boolean> | undefined;
}

/** Configuration of Notion (`notion`). */
export interface NotionConfiguration {
  /** Notion Secret Key. Secret. */
  notion_secret_key: pulumi.Input<string>;
  /** List of Databases. Several values, as an array or separated by commas. */
  databases: pulumi.Input<string | pulumi.Input<string>[]>;
  /** List of Pages. Several values, as an array or separated by commas. */
  pages: pulumi.Input<string | pulumi.Input<string>[]>;
  /**
   * Enable indexing comments. Enabling this will increase the amount of network calls to the source, and may decrease performance.
   * @default `false`
   */
  index_comments?: pulumi.Input<boolean> | undefined;
  /**
   * Maximum concurrent downloads.
   * @default `30`
   */
  concurrent_downloads?: pulumi.Input<number> | undefined;
}

/** Configuration of OneDrive (`onedrive`). */
export interface OnedriveConfiguration {
  /** Azure application Client ID. */
  client_id: pulumi.Input<string>;
  /** Azure application Client Secret. Secret. */
  client_secret: pulumi.Input<string>;
  /** Azure application Tenant ID. */
  tenant_id: pulumi.Input<string>;
  /**
   * Maximum retries per request.
   * @default `3`
   */
  retry_count?: pulumi.Input<number> | undefined;
  /**
   * Maximum concurrent downloads.
   * @default `15`
   */
  concurrent_downloads?: pulumi.Input<number> | undefined;
  /**
   * Enable document level security. Document level security ensures identities and permissions set in OneDrive are maintained in Elasticsearch. This enables you to restrict and personalize read-access users and groups have to documents in this index. Access control syncs ensure this metadata is kept up to date in your Elasticsearch documents.
   * @default `false`
   */
  use_document_level_security?: pulumi.Input<boolean> | undefined;
  /**
   * Use text extraction service. Requires a separate deployment of the Elastic Text Extraction Service. Requires that pipeline settings disable text extraction.
   * @default `false`
   */
  use_text_extraction_service?: pulumi.Input<boolean> | undefined;
}

/** Configuration of Oracle Database (`oracle`). */
export interface OracleConfiguration {
  /** Host. */
  host: pulumi.Input<string>;
  /** Port. */
  port: pulumi.Input<number>;
  /** Username. */
  username: pulumi.Input<string>;
  /** Password. Secret. */
  password: pulumi.Input<string>;
  /**
   * Connection Source. Select 'Service Name' option if connecting to a pluggable database.
   * @default `"sid"`
   */
  connection_source?: pulumi.Input<"sid" | "service_name"> | undefined;
  /** SID. Only used when `connection_source` is `"sid"`. */
  sid?: pulumi.Input<string> | undefined;
  /** Service Name. Only used when `connection_source` is `"service_name"`. */
  service_name?: pulumi.Input<string> | undefined;
  /**
   * Comma-separated list of tables. Several values, as an array or separated by commas.
   * @default `"*"`
   */
  tables?: pulumi.Input<string | pulumi.Input<string>[]> | undefined;
  /**
   * Rows fetched per request.
   * @default `50`
   */
  fetch_size?: pulumi.Input<number> | undefined;
  /**
   * Retries per request.
   * @default `3`
   */
  retry_count?: pulumi.Input<number> | undefined;
  /**
   * Oracle connection protocol.
   * @default `"TCP"`
   */
  oracle_protocol?: pulumi.Input<"TCP" | "TCPS"> | undefined;
  /** Path to Oracle Home. */
  oracle_home?: pulumi.Input<string> | undefined;
  /** Path to SSL Wallet configuration files. */
  wallet_configuration_path?: pulumi.Input<string> | undefined;
}

/** Configuration of Outlook (`outlook`). */
export interface OutlookConfiguration {
  /**
   * Outlook data source.
   * @default `"outlook_cloud"`
   */
  data_source?: pulumi.Input<"outlook_cloud" | "outlook_server"> | undefined;
  /** Tenant ID. Only used when `data_source` is `"outlook_cloud"`. */
  tenant_id?: pulumi.Input<string> | undefined;
  /** Client ID. Only used when `data_source` is `"outlook_cloud"`. */
  client_id?: pulumi.Input<string> | undefined;
  /** Client Secret Value. Only used when `data_source` is `"outlook_cloud"`. Secret. */
  client_secret?: pulumi.Input<string> | undefined;
  /** Exchange Server. Exchange server's IP address. E.g. 127.0.0.1. Only used when `data_source` is `"outlook_server"`. */
  exchange_server?: pulumi.Input<string> | undefined;
  /** Active Directory Server. Active Directory server's IP address. E.g. 127.0.0.1. Only used when `data_source` is `"outlook_server"`. */
  active_directory_server?: pulumi.Input<string> | undefined;
  /** Exchange server username. Only used when `data_source` is `"outlook_server"`. */
  username?: pulumi.Input<string> | undefined;
  /** Exchange server password. Only used when `data_source` is `"outlook_server"`. Secret. */
  password?: pulumi.Input<string> | undefined;
  /** Exchange server domain name. Domain name such as gmail.com, outlook.com. Only used when `data_source` is `"outlook_server"`. */
  domain?: pulumi.Input<string> | undefined;
  /**
   * Enable SSL. Only used when `data_source` is `"outlook_server"`.
   * @default `false`
   */
  ssl_enabled?: pulumi.Input<boolean> | undefined;
  /** SSL certificate. Only used when `data_source` is `"outlook_server"` and `ssl_enabled` is `true`. */
  ssl_ca?: pulumi.Input<string> | undefined;
  /**
   * Use text extraction service. Requires a separate deployment of the Elastic Text Extraction Service. Requires that pipeline settings disable text extraction.
   * @default `false`
   */
  use_text_extraction_service?: pulumi.Input<boolean> | undefined;
  /**
   * Enable document level security. Document level security ensures identities and permissions set in Outlook are maintained in Elasticsearch. This enables you to restrict and personalize read-access users and groups have to documents in this index. Access control syncs ensure this metadata is kept up to date in your Elasticsearch documents.
   * @default `false`
   */
  use_document_level_security?: pulumi.Input<boolean> | undefined;
}

/** Configuration of PostgreSQL (`postgresql`). */
export interface PostgresqlConfiguration {
  /** Host. */
  host: pulumi.Input<string>;
  /** Port. */
  port: pulumi.Input<number>;
  /** Username. */
  username: pulumi.Input<string>;
  /** Password. Secret. */
  password: pulumi.Input<string>;
  /** Database. */
  database: pulumi.Input<string>;
  /** Schema. */
  schema: pulumi.Input<string>;
  /**
   * Comma-separated list of tables. This configurable field is ignored when Advanced Sync Rules are used. Several values, as an array or separated by commas.
   * @default `"*"`
   */
  tables?: pulumi.Input<string | pulumi.Input<string>[]> | undefined;
  /**
   * Rows fetched per request.
   * @default `50`
   */
  fetch_size?: pulumi.Input<number> | undefined;
  /**
   * Retries per request.
   * @default `3`
   */
  retry_count?: pulumi.Input<number> | undefined;
  /**
   * Enable SSL verification.
   * @default `false`
   */
  ssl_enabled?: pulumi.Input<boolean> | undefined;
  /** SSL certificate. Only used when `ssl_enabled` is `true`. */
  ssl_ca?: pulumi.Input<string> | undefined;
}

/** Configuration of Redis (`redis`). */
export interface RedisConfiguration {
  /** Host. */
  host: pulumi.Input<string>;
  /** Port. */
  port: pulumi.Input<number>;
  /** Username. */
  username?: pulumi.Input<string> | undefined;
  /** Password. Secret. */
  password?: pulumi.Input<string> | undefined;
  /**
   * Comma-separated list of databases. Databases are ignored when Advanced Sync Rules are used. Several values, as an array or separated by commas.
   * @default `"*"`
   */
  database?: pulumi.Input<string | pulumi.Input<string>[]> | undefined;
  /**
   * SSL/TLS Connection. This option establishes a secure connection to Redis using SSL/TLS encryption. Ensure that your Redis deployment supports SSL/TLS connections.
   * @default `false`
   */
  ssl_enabled?: pulumi.Input<boolean> | undefined;
  /**
   * Mutual SSL/TLS Connection. This option establishes a secure connection to Redis using mutual SSL/TLS encryption. Ensure that your Redis deployment supports mutual SSL/TLS connections. Only used when `ssl_enabled` is `true`.
   * @default `false`
   */
  mutual_tls_enabled?: pulumi.Input<boolean> | undefined;
  /** client certificate file for SSL/TLS. Specifies the client certificate from the Certificate Authority. The value of the certificate is used to validate the certificate presented by the Redis instance. Only used when `mutual_tls_enabled` is `true`. */
  tls_certfile?: pulumi.Input<string> | undefined;
  /** client private key file for SSL/TLS. Specifies the client private key from the Certificate Authority. The value of the key is used to validate the connection in the Redis instance. Only used when `mutual_tls_enabled` is `true`. */
  tls_keyfile?: pulumi.Input<string> | undefined;
}

/** Configuration of Amazon S3 (`s3`). */
export interface S3Configuration {
  /** AWS Buckets. AWS Buckets are ignored when Advanced Sync Rules are used. Several values, as an array or separated by commas. */
  buckets: pulumi.Input<string | pulumi.Input<string>[]>;
  /** AWS Access Key Id. */
  aws_access_key_id: pulumi.Input<string>;
  /** AWS Secret Key. Secret. */
  aws_secret_access_key: pulumi.Input<string>;
  /**
   * Read timeout.
   * @default `90`
   */
  read_timeout?: pulumi.Input<number> | undefined;
  /**
   * Connection timeout.
   * @default `90`
   */
  connect_timeout?: pulumi.Input<number> | undefined;
  /**
   * Maximum retry attempts.
   * @default `5`
   */
  max_attempts?: pulumi.Input<number> | undefined;
  /**
   * Maximum size of page.
   * @default `100`
   */
  page_size?: pulumi.Input<number> | undefined;
  /**
   * Use text extraction service. Requires a separate deployment of the Elastic Text Extraction Service. Requires that pipeline settings disable text extraction.
   * @default `false`
   */
  use_text_extraction_service?: pulumi.Input<boolean> | undefined;
}

/** Configuration of Salesforce (`salesforce`). */
export interface SalesforceConfiguration {
  /** Domain. The domain for your Salesforce instance. If your Salesforce URL is 'foo.my.salesforce.com', the domain would be 'foo'. */
  domain: pulumi.Input<string>;
  /** Client ID. The client id for your OAuth2-enabled connected app. Also called 'consumer key'. Secret. */
  client_id: pulumi.Input<string>;
  /** Client Secret. The client secret for your OAuth2-enabled connected app. Also called 'consumer secret'. Secret. */
  client_secret: pulumi.Input<string>;
  /**
   * Standard Objects to Sync. The list of Salesforce Standard Objects to sync. Remove any from list to exclude from sync. Several values, as an array or separated by commas.
   * @default `"Account, Opportunity, Contact, Lead, Campaign, Case"`
   */
  standard_objects_to_sync?: pulumi.Input<string | pulumi.Input<string>[]> | undefined;
  /**
   * Sync Custom Objects. Whether or not to sync custom objects.
   * @default `false`
   */
  sync_custom_objects?: pulumi.Input<boolean> | undefined;
  /** Custom Objects to Sync. List of custom objects to sync. Use '*' to sync all custom objects. Several values, as an array or separated by commas. Only used when `sync_custom_objects` is `true`. */
  custom_objects_to_sync?: pulumi.Input<string | pulumi.Input<string>[]> | undefined;
  /**
   * Use text extraction service. Requires a separate deployment of the Elastic Text Extraction Service. Requires that pipeline settings disable text extraction.
   * @default `false`
   */
  use_text_extraction_service?: pulumi.Input<boolean> | undefined;
  /**
   * Enable document level security. Document level security ensures identities and permissions set in Salesforce are maintained in Elasticsearch. This enables you to restrict and personalize read-access users and groups have to documents in this index. Access control syncs ensure this metadata is kept up to date in your Elasticsearch documents.
   * @default `false`
   */
  use_document_level_security?: pulumi.Input<boolean> | undefined;
}

/** Configuration of Sandfly Security (`sandfly`). */
export interface SandflyConfiguration {
  /** Sandfly Server URL. Sandfly Server URL including the API version (v4). */
  server_url: pulumi.Input<string>;
  /** Sandfly Server Username. */
  username: pulumi.Input<string>;
  /** Sandfly Server Password. Secret. */
  password: pulumi.Input<string>;
  /**
   * Enable Pass Results. Enable Pass Results, default is to include only Alert and Error Results.
   * @default `false`
   */
  enable_pass?: pulumi.Input<boolean> | undefined;
  /**
   * Verify SSL Certificate. Verify Sandfly Server SSL Certificate, disable to allow self-signed certificates.
   * @default `true`
   */
  verify_ssl?: pulumi.Input<boolean> | undefined;
  /**
   * Days of results history to fetch. Number of days of results history to fetch on a Full Content Sync.
   * @default `30`
   */
  fetch_days?: pulumi.Input<number> | undefined;
}

/** Configuration of ServiceNow (`servicenow`). */
export interface ServicenowConfiguration {
  /** Service URL. */
  url: pulumi.Input<string>;
  /** Username. */
  username: pulumi.Input<string>;
  /** Password. Secret. */
  password: pulumi.Input<string>;
  /**
   * Comma-separated list of services. List of services is ignored when Advanced Sync Rules are used. Several values, as an array or separated by commas.
   * @default `"*"`
   */
  services?: pulumi.Input<string | pulumi.Input<string>[]> | undefined;
  /**
   * Retries per request.
   * @default `3`
   */
  retry_count?: pulumi.Input<number> | undefined;
  /**
   * Maximum concurrent downloads.
   * @default `10`
   */
  concurrent_downloads?: pulumi.Input<number> | undefined;
  /**
   * Use text extraction service. Requires a separate deployment of the Elastic Text Extraction Service. Requires that pipeline settings disable text extraction.
   * @default `false`
   */
  use_text_extraction_service?: pulumi.Input<boolean> | undefined;
  /**
   * Enable document level security. Document level security ensures identities and permissions set in ServiceNow are maintained in Elasticsearch. This enables you to restrict and personalize read-access users and groups have to documents in this index. Access control syncs ensure this metadata is kept up to date in your Elasticsearch documents.
   * @default `false`
   */
  use_document_level_security?: pulumi.Input<boolean> | undefined;
}

/** Configuration of Sharepoint Online (`sharepoint_online`). */
export interface SharepointOnlineConfiguration {
  /** Tenant ID. */
  tenant_id: pulumi.Input<string>;
  /** Tenant name. */
  tenant_name: pulumi.Input<string>;
  /** Client ID. */
  client_id: pulumi.Input<string>;
  /**
   * Authentication Method.
   * @default `"secret"`
   */
  auth_method?: pulumi.Input<"secret" | "certificate"> | undefined;
  /** Secret value. Only used when `auth_method` is `"secret"`. Secret. */
  secret_value?: pulumi.Input<string> | undefined;
  /** Content of certificate file. Only used when `auth_method` is `"certificate"`. Secret. */
  certificate?: pulumi.Input<string> | undefined;
  /** Content of private key file. Only used when `auth_method` is `"certificate"`. Secret. */
  private_key?: pulumi.Input<string> | undefined;
  /**
   * Comma-separated list of sites. A comma-separated list of sites to ingest data from. If enumerating all sites, use * to include all available sites, or specify a list of site names. Otherwise, specify a list of site paths. Several values, as an array or separated by commas.
   * @default `"*"`
   */
  site_collections?: pulumi.Input<string | pulumi.Input<string>[]> | undefined;
  /**
   * Enumerate all sites?. If enabled, sites will be fetched in bulk, then filtered down to the configured list of sites. This is efficient when syncing many sites. If disabled, each configured site will be fetched with an individual request. This is efficient when syncing fewer sites.
   * @default `true`
   */
  enumerate_all_sites?: pulumi.Input<boolean> | undefined;
  /**
   * Fetch sub-sites of configured sites?. Whether subsites of the configured site(s) should be automatically fetched. Only used when `enumerate_all_sites` is `false`.
   * @default `true`
   */
  fetch_subsites?: pulumi.Input<boolean> | undefined;
  /**
   * Use text extraction service. Requires a separate deployment of the Elastic Text Extraction Service. Requires that pipeline settings disable text extraction.
   * @default `false`
   */
  use_text_extraction_service?: pulumi.Input<boolean> | undefined;
  /**
   * Enable document level security. Document level security ensures identities and permissions set in Sharepoint Online are maintained in Elasticsearch. This enables you to restrict and personalize read-access users and groups have to documents in this index. Access control syncs ensure this metadata is kept up to date in your Elasticsearch documents.
   * @default `false`
   */
  use_document_level_security?: pulumi.Input<boolean> | undefined;
  /**
   * Fetch drive item permissions. Enable this option to fetch drive item specific permissions. This setting can increase sync time. Only used when `use_document_level_security` is `true`.
   * @default `true`
   */
  fetch_drive_item_permissions?: pulumi.Input<boolean> | undefined;
  /**
   * Fetch unique page permissions. Enable this option to fetch unique page permissions. This setting can increase sync time. If this setting is disabled a page will inherit permissions from its parent site. Only used when `use_document_level_security` is `true`.
   * @default `true`
   */
  fetch_unique_page_permissions?: pulumi.Input<boolean> | undefined;
  /**
   * Fetch unique list permissions. Enable this option to fetch unique list permissions. This setting can increase sync time. If this setting is disabled a list will inherit permissions from its parent site. Only used when `use_document_level_security` is `true`.
   * @default `true`
   */
  fetch_unique_list_permissions?: pulumi.Input<boolean> | undefined;
  /**
   * Fetch unique list item permissions. Enable this option to fetch unique list item permissions. This setting can increase sync time. If this setting is disabled a list item will inherit permissions from its parent site. Only used when `use_document_level_security` is `true`.
   * @default `true`
   */
  fetch_unique_list_item_permissions?: pulumi.Input<boolean> | undefined;
}

/** Configuration of SharePoint Server (`sharepoint_server`). */
export interface SharepointServerConfiguration {
  /**
   * Authentication mode.
   * @default `"Basic"`
   */
  authentication?: pulumi.Input<"Basic" | "NTLM"> | undefined;
  /** SharePoint Server username. */
  username: pulumi.Input<string>;
  /** SharePoint Server password. Secret. */
  password: pulumi.Input<string>;
  /** SharePoint host. */
  host_url: pulumi.Input<string>;
  /** Comma-separated list of SharePoint site collections to index. Several values, as an array or separated by commas. */
  site_collections: pulumi.Input<string | pulumi.Input<string>[]>;
  /**
   * Enable SSL.
   * @default `false`
   */
  ssl_enabled?: pulumi.Input<boolean> | undefined;
  /** SSL certificate. Only used when `ssl_enabled` is `true`. */
  ssl_ca?: pulumi.Input<string> | undefined;
  /**
   * Retries per request.
   * @default `3`
   */
  retry_count?: pulumi.Input<number> | undefined;
  /**
   * Use text extraction service. Requires a separate deployment of the Elastic Text Extraction Service. Requires that pipeline settings disable text extraction.
   * @default `false`
   */
  use_text_extraction_service?: pulumi.Input<boolean> | undefined;
  /**
   * Enable document level security. Document level security ensures identities and permissions set in your SharePoint Server are mirrored in Elasticsearch. This enables you to restrict and personalize read-access users and groups have to documents in this index. Access control syncs ensure this metadata is kept up to date in your Elasticsearch documents.
   * @default `false`
   */
  use_document_level_security?: pulumi.Input<boolean> | undefined;
  /**
   * Fetch unique list permissions. Enable this option to fetch unique list permissions. This setting can increase sync time. If this setting is disabled a list will inherit permissions from its parent site. Only used when `use_document_level_security` is `true`.
   * @default `true`
   */
  fetch_unique_list_permissions?: pulumi.Input<boolean> | undefined;
  /**
   * Fetch unique list item permissions. Enable this option to fetch unique list item permissions. This setting can increase sync time. If this setting is disabled a list item will inherit permissions from its parent site. Only used when `use_document_level_security` is `true`.
   * @default `true`
   */
  fetch_unique_list_item_permissions?: pulumi.Input<boolean> | undefined;
}

/** Configuration of Slack (`slack`). */
export interface SlackConfiguration {
  /** Authentication Token. The Slack Authentication Token for the slack application you created. See the docs for details. Secret. */
  token: pulumi.Input<string>;
  /** Days of message history to fetch. How far back in time to request message history from slack. Messages older than this will not be indexed. */
  fetch_last_n_days: pulumi.Input<number>;
  /**
   * Automatically join channels. The Slack application bot will only be able to read conversation history from channels it has joined. The default requires it to be manually invited to channels. Enabling this allows it to automatically invite itself into all public channels.
   * @default `false`
   */
  auto_join_channels?: pulumi.Input<boolean> | undefined;
  /**
   * Sync users. Whether or not Slack Users should be indexed as documents in Elasticsearch.
   * @default `true`
   */
  sync_users?: pulumi.Input<boolean> | undefined;
}

/** Configuration of Zoom (`zoom`). */
export interface ZoomConfiguration {
  /** Account ID. */
  account_id: pulumi.Input<string>;
  /** Client ID. */
  client_id: pulumi.Input<string>;
  /** Client secret. Secret. */
  client_secret: pulumi.Input<string>;
  /**
   * Fetch past meeting details. Enable this option to fetch past past meeting details. This setting can increase sync time.
   * @default `false`
   */
  fetch_past_meeting_details?: pulumi.Input<boolean> | undefined;
  /** Recording Age Limit (Months). How far back in time to request recordings from zoom. Recordings older than this will not be indexed. */
  recording_age: pulumi.Input<number>;
  /**
   * Use text extraction service. Requires a separate deployment of the Elastic Text Extraction Service. Requires that pipeline settings disable text extraction.
   * @default `false`
   */
  use_text_extraction_service?: pulumi.Input<boolean> | undefined;
}

/** Configuration by service type. */
export interface Configurations {
  azure_blob_storage: AzureBlobStorageConfiguration;
  box: BoxConfiguration;
  confluence: ConfluenceConfiguration;
  dir: DirConfiguration;
  dropbox: DropboxConfiguration;
  github: GithubConfiguration;
  gitlab: GitlabConfiguration;
  gmail: GmailConfiguration;
  google_cloud_storage: GoogleCloudStorageConfiguration;
  google_drive: GoogleDriveConfiguration;
  graphql: GraphqlConfiguration;
  jira: JiraConfiguration;
  microsoft_teams: MicrosoftTeamsConfiguration;
  mongodb: MongodbConfiguration;
  mssql: MssqlConfiguration;
  mysql: MysqlConfiguration;
  network_drive: NetworkDriveConfiguration;
  notion: NotionConfiguration;
  onedrive: OnedriveConfiguration;
  oracle: OracleConfiguration;
  outlook: OutlookConfiguration;
  postgresql: PostgresqlConfiguration;
  redis: RedisConfiguration;
  s3: S3Configuration;
  salesforce: SalesforceConfiguration;
  sandfly: SandflyConfiguration;
  servicenow: ServicenowConfiguration;
  sharepoint_online: SharepointOnlineConfiguration;
  sharepoint_server: SharepointServerConfiguration;
  slack: SlackConfiguration;
  zoom: ZoomConfiguration;
}

/** A value of a configuration whose service type isn't in the catalogue. */
export type ConfigurationValue = pulumi.Input<string> | pulumi.Input<number> | pulumi.Input<boolean> | pulumi.Input<pulumi.Input<string>[]>;

/** The configuration of a service type: typed for those of the catalogue, free for your own. */
export type ConfigurationOf<T extends string> = T extends keyof Configurations
  ? Configurations[T]
  : Record<string, ConfigurationValue>;
