import {
  at,
  BUCKET,
  CLIENT,
  DOMAIN,
  FUNCTION,
  instance,
  PERMISSION,
  POOL,
  remove,
  type Scenario,
  TABLE,
  VERSIONING,
} from "./scenario";

/** What a new pool takes with it. */
const WITH_THE_POOL = {
  [CLIENT]: ["client-lost"],
  [DOMAIN]: ["domain-lost"],
  [PERMISSION]: ["permission-lost"],
};

const email = (document: Parameters<NonNullable<Scenario["edit"]>>[0]) => at(document, POOL).schema[0];

/** Plans that must not be applied unless somebody means it. */
export const DANGEROUS: readonly Scenario[] = [
  {
    name: "pool-renamed",
    edit: (document) => {
      at(document, POOL).name = "another";
    },
    everyTime: true,
    finds: { [POOL]: ["user-pool-lost"], ...WITH_THE_POOL },
  },
  {
    name: "pool-alias-changed",
    edit: (document) => {
      at(document, POOL).alias_attributes = ["email", "preferred_username"];
    },
    finds: { [POOL]: ["user-pool-lost"], ...WITH_THE_POOL },
  },
  {
    name: "pool-case-sensitive",
    edit: (document) => {
      at(document, POOL).username_configuration.case_sensitive = true;
    },
    everyTime: true,
    finds: { [POOL]: ["user-pool-lost", "user-pool-case-sensitive"], ...WITH_THE_POOL },
  },
  {
    name: "first-deployment-case-sensitive",
    state: (resources) => {
      for (const address of Object.keys(resources)) delete resources[address];
    },
    edit: (document) => {
      delete at(document, POOL).username_configuration;
    },
    finds: { [POOL]: ["user-pool-case-sensitive"] },
  },
  {
    name: "pool-unprotected",
    settings: { deletionProtection: false },
    everyTime: true,
    finds: { [POOL]: ["user-pool-unprotected"], [TABLE]: ["table-unprotected"] },
  },
  {
    name: "pool-trigger-removed",
    edit: (document) => {
      delete at(document, POOL).lambda_config;
    },
    everyTime: true,
    finds: { [POOL]: ["user-pool-trigger"] },
  },
  {
    name: "pool-trigger-of-another-function",
    edit: (document) => {
      at(document, POOL).lambda_config.pre_sign_up = "arn:aws:lambda:eu-west-1:000000000000:function:another";
    },
    finds: { [POOL]: ["user-pool-trigger"] },
  },
  {
    name: "function-renamed",
    edit: (document) => {
      at(document, FUNCTION).function_name = "another";
    },
    everyTime: true,
    finds: { [POOL]: ["user-pool-trigger"] },
  },
  {
    name: "pool-schema-changed",
    edit: (document) => {
      email(document).mutable = false;
    },
    everyTime: true,
    finds: { [POOL]: ["user-pool-schema"] },
  },
  {
    name: "pool-schema-removed",
    edit: (document) => {
      email(document).name = "nickname";
    },
    finds: { [POOL]: ["user-pool-schema"] },
  },
  {
    name: "pool-schema-required-added",
    edit: (document) => {
      at(document, POOL).schema.push({ ...email(document), name: "department" });
    },
    finds: { [POOL]: ["user-pool-schema"] },
  },
  {
    name: "pool-schema-standard-added",
    edit: (document) => {
      at(document, POOL).schema.push({ ...email(document), name: "nickname", required: false });
    },
    finds: { [POOL]: ["user-pool-schema"] },
  },
  {
    name: "pool-schema-unknown",
    edit: (document) => {
      const { name, ...attribute } = email(document);
      document.resource.terraform_data = { name: { input: name } };
      delete at(document, POOL).schema;
      at(document, POOL).dynamic = {
        schema: { for_each: ["${terraform_data.name.output}"], content: { ...attribute, name: "${schema.value}" } },
      };
    },
    finds: { [POOL]: ["user-pool-schema"] },
  },
  {
    name: "pool-address-unverified",
    edit: (document) => {
      at(document, POOL).auto_verified_attributes = [];
    },
    finds: { [POOL]: ["user-pool-unverified"] },
  },
  {
    name: "pool-changed-address-unverified",
    edit: (document) => {
      at(document, POOL).user_attribute_update_settings.attributes_require_verification_before_update = [];
    },
    finds: { [POOL]: ["user-pool-unverified-updates"] },
  },
  {
    name: "pool-deleted-by-somebody",
    state: (resources) => {
      const { attributes } = instance(resources, POOL);
      attributes.id = "eu-west-1_Vanished1";
    },
    finds: { [POOL]: ["vanished"], ...WITH_THE_POOL },
  },
  {
    name: "client-without-secret",
    edit: (document) => {
      at(document, CLIENT).generate_secret = false;
    },
    everyTime: true,
    finds: { [CLIENT]: ["client-lost"] },
  },
  {
    name: "client-tainted",
    state: (resources) => {
      instance(resources, CLIENT).status = "tainted";
    },
    finds: { [CLIENT]: ["client-lost"] },
  },
  {
    name: "client-tells-who-exists",
    edit: (document) => {
      at(document, CLIENT).prevent_user_existence_errors = "LEGACY";
    },
    finds: { [CLIENT]: ["client-existence-errors"] },
  },
  {
    name: "domain-renamed",
    settings: { domainPrefix: "another" },
    finds: { [DOMAIN]: ["domain-lost"] },
  },
  {
    name: "table-renamed",
    edit: (document) => {
      at(document, TABLE).name = "another";
    },
    finds: { [TABLE]: ["table-lost"] },
  },
  {
    name: "table-removed",
    settings: { uniqueness: "directory" },
    edit: (document) => {
      delete document.removed;
    },
    finds: { [TABLE]: ["table-lost"] },
  },
  {
    name: "table-deposed",
    state: (resources) => {
      const table = instance(resources, TABLE);
      resources[TABLE]?.instances.push({ ...table, deposed: "0a1b2c3d" });
    },
    finds: { [`${TABLE} (deposed 0a1b2c3d)`]: ["table-lost"] },
  },
  {
    name: "function-removed",
    edit: (document) => {
      remove(document, FUNCTION);
      remove(document, PERMISSION);
      delete at(document, POOL).lambda_config;
    },
    finds: { [FUNCTION]: ["function-deleted"], [PERMISSION]: ["permission-lost"], [POOL]: ["user-pool-trigger"] },
  },
  {
    name: "permission-removed",
    edit: (document) => remove(document, PERMISSION),
    everyTime: true,
    finds: { [PERMISSION]: ["permission-lost"] },
  },
  {
    name: "permission-for-another-pool",
    edit: (document) => {
      at(document, PERMISSION).source_arn = "arn:aws:cognito-idp:eu-west-1:000000000000:userpool/eu-west-1_Another01";
    },
    finds: { [PERMISSION]: ["permission-lost"] },
  },
  {
    name: "everything-destroyed",
    options: ["-destroy"],
    finds: {
      [POOL]: ["user-pool-lost"],
      ...WITH_THE_POOL,
      [TABLE]: ["table-lost"],
      [FUNCTION]: ["function-deleted"],
    },
  },
  { name: "targeted", options: [`-target=${TABLE}`], finds: {}, allowable: false },
  {
    name: "errored",
    edit: (document) => {
      at(document, CLIENT).lifecycle = { prevent_destroy: true };
      at(document, CLIENT).generate_secret = false;
    },
    finds: { [CLIENT]: ["client-lost"] },
    allowable: false,
  },
  {
    name: "bucket-renamed",
    stack: "state",
    edit: (document) => {
      at(document, BUCKET).bucket = "another-terraform-state";
      delete at(document, BUCKET).lifecycle;
    },
    finds: { [BUCKET]: ["bucket-lost"], [VERSIONING]: ["bucket-unversioned"] },
  },
  {
    name: "bucket-removed",
    stack: "state",
    edit: (document) => {
      for (const part of ["data", "resource", "output"]) delete document[part];
    },
    everyTime: true,
    finds: { [BUCKET]: ["bucket-lost"], [VERSIONING]: ["bucket-unversioned"] },
  },
  {
    name: "versioning-suspended",
    stack: "state",
    edit: (document) => {
      at(document, VERSIONING).versioning_configuration.status = "Suspended";
    },
    everyTime: true,
    finds: { [VERSIONING]: ["bucket-unversioned"] },
  },
];
