/** Whether users sign in with the client; a machine signs itself in. */
export function hasUsers({ clientType }: { readonly clientType: string }): boolean {
  return clientType !== "machine";
}
