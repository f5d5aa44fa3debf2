import { UserPool, type UserPoolProps } from "../../../modules/user-pool/user-pool";
import { type Block, type Document, only, stackOf } from "../../support/stack";

/** A stack with one pool of these settings. */
export function stackWithPool(props: Partial<UserPoolProps>): Document {
  return stackOf((stack) => new UserPool(stack, "user_pool", { userPoolName: "acme-dev-v2", ...props }));
}

/** The pool's arguments. */
export function poolWith(props: Partial<UserPoolProps> = {}): Block {
  return only(stackWithPool(props).resource, "aws_cognito_user_pool");
}

/** What refuses these settings, without the construct's name. */
export function refusalOf(props: Partial<UserPoolProps>): string {
  try {
    poolWith(props);
  } catch (error) {
    return (error as Error).message.replaceAll('UserPool "test/user_pool", ', "");
  }
  return "";
}
