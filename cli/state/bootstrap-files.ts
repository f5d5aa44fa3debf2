/** Terraform merges this file over a stack's synthesized JSON while its bucket is being made. */
export const LOCAL_BACKEND = "bootstrap_override.tf.json";
