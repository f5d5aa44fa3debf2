import type { Construct } from "constructs";
import { TriggerFunction, type TriggerFunctionProps } from "../trigger-function/trigger-function";

export type PreSignUpProps = Omit<TriggerFunctionProps, "description" | "zipName">;

/** The function that decides about every sign-up. */
export class PreSignUp extends TriggerFunction {
  constructor(scope: Construct, id: string, props: PreSignUpProps) {
    super(scope, id, {
      ...props,
      description: "Refuses a second sign-up with the same username or e-mail, however it is spelled",
      zipName: "pre-sign-up",
    });
  }

  /** With `linkIdentities`, the function may also link identities of other providers to this pool's users. */
  override serve(userPoolArn: string, { linkIdentities = false } = {}): void {
    super.serve(userPoolArn);
    if (linkIdentities) {
      this.grant("link_identities", { actions: ["cognito-idp:AdminLinkProviderForUser"], resources: [userPoolArn] });
    }
  }
}
