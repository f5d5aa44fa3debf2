import { isUnset } from "../value";
import { begins, COMMON, FREE, found, identity, type ResourceType, reference, when } from "./type";

const LOST =
  "Users are no longer in the group: what it allows them they cannot do any more, and AWS keeps no list of them.";

export const USER_GROUP: ResourceType = {
  type: "aws_cognito_user_group",
  lost: () => [found("group-lost", LOST)],
  forgotten: found("forgotten", "The group stays, with its users, but nothing plans or checks it here from now on."),
  attributes: {
    ...COMMON,
    name: identity("group-lost", LOST),
    user_pool_id: reference("group-lost", LOST, "aws_cognito_user_pool", "id"),
    description: FREE,
    precedence: begins("group-role", "Users of several groups could get the role of another one than today."),
    role_arn: when(
      "guarded",
      "group-role",
      "Users of the group would get another role in AWS than today.",
      (_, to, { isNew }) => isNew || isUnset(to),
    ),
  },
};
