import type { Block } from "../../stack";
import { POOL } from "../scenario";
import type { Neighbour } from "./neighbour";

const FIRST = "first-deployment-of-everything";

/** The pool. */
export const POOL_NEIGHBOURS: readonly Neighbour[] = [
  {
    title: "triggers of a new pool are swapped",
    plan: FIRST,
    stack: "fresh",
    edit: (plan) => {
      const [config] = plan.configured(POOL).lambda_config;
      [config.pre_sign_up, config.user_migration] = [config.user_migration, config.pre_sign_up];
    },
    rule: "user-pool-foreign-trigger",
  },
  {
    title: "a new pool's migration trigger is the sign-up function",
    plan: FIRST,
    stack: "fresh",
    edit: (plan) => {
      const [config] = plan.configured(POOL).lambda_config;
      config.user_migration = config.pre_sign_up;
    },
    rule: "user-pool-foreign-trigger",
  },
  {
    title: "an attribute changes that a later provider has, and no description",
    plan: "pool-mfa-on",
    edit: (plan) => {
      plan.of(POOL).after.attribute_of_a_later_provider = true;
    },
    rule: "not-described",
  },
  {
    title: "the password policy is gone",
    plan: "pool-password-stricter",
    edit: (plan) => {
      plan.of(POOL).after.password_policy = [];
    },
    rule: "user-pool-password",
  },
  {
    title: "the recovery setting is gone",
    plan: "pool-mfa-on",
    edit: (plan) => {
      plan.of(POOL).after.account_recovery_setting = [];
    },
    rule: "user-pool-recovery",
  },
  {
    title: "accounts are recovered by SMS first",
    plan: "pool-mfa-on",
    edit: (plan) => {
      plan.of(POOL).after.account_recovery_setting = [
        {
          recovery_mechanism: [
            { name: "verified_email", priority: 2 },
            { name: "verified_phone_number", priority: 1 },
          ],
        },
      ];
    },
    rule: "user-pool-recovery",
  },
  {
    title: "changed addresses count unverified",
    plan: "pool-mfa-on",
    edit: (plan) => {
      plan.of(POOL).after.user_attribute_update_settings = [];
    },
    rule: "user-pool-unverified-updates",
  },
  {
    title: "the pool begins to tell letter cases apart",
    plan: "pool-mfa-on",
    edit: (plan) => {
      plan.of(POOL).after.username_configuration = [{ case_sensitive: true }];
    },
    rule: "user-pool-case-sensitive",
  },
  {
    title: "another account's function sends the mail",
    plan: "pool-mfa-on",
    edit: (plan) => {
      plan.of(POOL).after.lambda_config[0].custom_email_sender = [
        { lambda_arn: "arn:aws:lambda:eu-west-1:999999999999:function:x", lambda_version: "V1_0" },
      ];
    },
    rule: "user-pool-foreign-trigger",
  },
  {
    title: "the pool calls one version of the function",
    plan: "pool-mfa-on",
    edit: (plan) => {
      plan.of(POOL).after.lambda_config[0].pre_sign_up += ":1";
    },
    rule: "user-pool-foreign-trigger",
  },
  {
    title: "the pool calls the function at another trigger",
    plan: "pool-mfa-on",
    edit: (plan) => {
      plan.of(POOL).after.lambda_config[0].pre_token_generation = plan.of(POOL).after.lambda_config[0].pre_sign_up;
    },
    rule: "user-pool-foreign-trigger",
  },
  {
    title: "a pool is made, and the plan does not say which there are",
    plan: "weekly-new-environment",
    stack: "fresh",
    edit: (plan) => {
      plan.json.prior_state.values.root_module.resources = plan.json.prior_state.values.root_module.resources.filter(
        (r: Block) => r.type !== "aws_cognito_user_pools",
      );
    },
    rule: "second-pool",
  },
  {
    title: "a first deployment makes two pools",
    plan: "weekly-new-environment",
    stack: "fresh",
    edit: (plan) => plan.like(POOL, "other", { name: "other" }),
    rule: "second-pool",
  },
  {
    title: "a first deployment makes two pools of one name",
    plan: "weekly-new-environment",
    stack: "fresh",
    edit: (plan) => plan.like(POOL, "other"),
    rule: "second-pool",
  },
];
