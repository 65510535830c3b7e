export type Scalar = string | number | boolean | null;

/** A kind of connector and the configuration that it takes on one server version. */
export interface ServiceType {
  name: string;
  displayName: string;
  /** In wire form, as a new connector of this type gets them. */
  features: Features;
  /** Whether Elastic Cloud ever ran this type itself, which it did on 8.x only. */
  nativeAvailable: boolean;
  /** In the order in which forms show them. */
  fields: Field[];
}

export interface Features {
  sync_rules: { basic: { enabled: boolean }; advanced: { enabled: boolean } };
  document_level_security: { enabled: boolean };
  incremental_sync: { enabled: boolean };
  native_connector_api_keys: { enabled: boolean };
}

export interface Field {
  name: string;
  label: string;
  type: "str" | "int" | "bool" | "list";
  display: string;
  required: boolean;
  /** What the definition says; it only hides the value in forms. */
  sensitive: boolean;
  /** Whether we treat the value as a secret: more than `sensitive`, which misses a credential. */
  secret: boolean;
  /** What the service falls back to when an optional field is empty. */
  defaultValue: Scalar;
  /** The value that the field starts with. */
  value: Scalar;
  /** The field counts only when all of these hold. */
  dependsOn: { field: string; value: Scalar }[];
  options: { label: string; value: string | number }[];
  validations: { type: string; constraint: unknown }[];
  tooltip: string | null;
  uiRestrictions: string[];
  order: number;
  placeholder?: string;
}
