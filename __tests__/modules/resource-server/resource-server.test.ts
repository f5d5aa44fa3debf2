import { ResourceServer, type ResourceServerProps } from "../../../modules/resource-server/resource-server";
import { UserPool } from "../../../modules/user-pool/user-pool";
import { only, stackOf } from "../../support/stack";

type Server = Omit<ResourceServerProps, "userPool">;

const serverWith = (server: Server) =>
  only(
    stackOf((stack) => {
      const userPool = new UserPool(stack, "user_pool", { userPoolName: "p" });
      new ResourceServer(stack, "server", { ...server, userPool });
      expect(userPool.scopes).toEqual(
        Object.keys(server.scopes).map((scope) => `${server.identifier ?? server.name}/${scope}`),
      );
    }).resource,
    "aws_cognito_resource_server",
  );

it("is identified by its name where nothing else is said", () => {
  expect(serverWith({ name: "orders", scopes: { read: "Read orders" } })).toMatchObject({
    name: "orders",
    identifier: "orders",
    scope: [{ scope_name: "read", scope_description: "Read orders" }],
  });
  expect(serverWith({ name: "orders", identifier: "https://orders", scopes: { read: "Read" } }).identifier).toBe(
    "https://orders",
  );
});

it.each([
  [{ name: "Orders", scopes: {} }, '"name": "Orders"'],
  [{ name: "orders", scopes: { "a/b": "x" } }, "a scope name of 1 to 256 characters"],
  [{ name: "orders", scopes: { read: "" } }, "a text of 1 to 256 characters"],
  [{ name: "orders", identifier: "a b", scopes: {} }, "1 to 256 characters without blanks"],
] as Array<[Server, string]>)("%j is refused", (server, message) => {
  expect(() => serverWith(server)).toThrow(message);
});
