/** Key of the lock object beside a state, as Terraform's S3 backend makes it (`use_lockfile`). */
export function lockKey(key: string): string {
  return `${key}.tflock`;
}

/** Key of a workspace's state, as Terraform's S3 backend makes it of what modules/remote-state says. */
export function stateKey(project: string, workspace: string): string {
  return `env:/${workspace}/${project}/terraform.tfstate`;
}

/** Where a workspace's state was before the project became a part of its key. */
export function legacyKey(workspace: string): string {
  return `env:/${workspace}/terraform.tfstate`;
}
