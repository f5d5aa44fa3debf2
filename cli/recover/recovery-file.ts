/**
 * Terraform reads this file beside a stack's synthesized JSON: `import` blocks for what is there, but not in the state. One
 * that a killed run has left would import unasked whenever something is planned.
 */
export const RECOVERY_FILE = "recovery.tf.json";
