/**
 * `synthesized/<stack>` holds, byte by byte, what `cdktf.out/stacks/<stack>` gets: the Terraform JSON, the functions'
 * bundles and the lock file. Reviewers read it, and Atlantis plans and applies it.
 */
export const GOLDEN = "synthesized";
