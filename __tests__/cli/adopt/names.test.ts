import type { ExistingType } from "../../../cli/adopt/arguments";
import type { Existing } from "../../../cli/adopt/existing";
import { clientsNamed, serversNamed } from "../../../cli/adopt/names";
import { adoptionOf } from "../../../cli/adopt/plan";
import { POOL } from "./around";

const PLACE = { project: "acme", environment: "prod" };
const INSENSITIVE = { username_configuration: [{ case_sensitive: false }] };

const client = (id: string, name: string): Existing => ({
  type: "aws_cognito_user_pool_client",
  id: `${POOL}/${id}`,
  values: { name },
});
const server = (identifier: string, name: string): Existing => ({
  type: "aws_cognito_resource_server",
  id: `${POOL}|${identifier}`,
  values: { identifier, name },
});
const names = (all: ReadonlyArray<readonly [string, Existing]>) =>
  Object.fromEntries(all.map(([name, { id }]) => [id.slice(POOL.length + 1), name]));

function adopted(clients: readonly Existing[], others: readonly Existing[], place = {}) {
  const type: ExistingType = "aws_cognito_user_pool";
  const pool = { type, id: POOL, values: { name: "users", ...INSENSITIVE } };
  const existing = { poolId: POOL, region: "eu-west-1", pool, clients, others, outside: [] };
  return adoptionOf(existing, { ...PLACE, ...place });
}

async function importsOf(...args: Parameters<typeof adopted>): Promise<Readonly<Record<string, string>>> {
  const { settings } = await adopted(...args);
  return (settings.adopted as { imports: Readonly<Record<string, string>> }).imports;
}

describe("app clients", () => {
  it("have names that settings can have, which differ by more than hyphens", () => {
    const all = [
      client("1", "app"),
      client("2", "App!"),
      client("3", "a-p-p"),
      client("4", "user pool"),
      client("5", "42"),
      client("6", "a very long name that no setting can have"),
    ];
    expect(names(clientsNamed(all, {}))).toEqual({
      1: "app",
      2: "app-2",
      3: "a-p-p-3",
      4: "user-pool-2",
      5: "client",
      6: "a-very-long-name-that-no-setting",
    });
  });

  it("keep their addresses when others come before them", async () => {
    const [first, second] = [client("m", "app"), client("n", "app")];
    const imports = await importsOf([second, first], []);
    expect(imports).toMatchObject({
      "aws_cognito_user_pool_client.user_pool_client": first.id,
      "aws_cognito_user_pool_client.client_app": second.id,
    });
    const more = [client("a", "app"), { ...client("b", "app"), hasSecret: true }, second, first];
    const again = await importsOf(more, [], { imports });
    expect(again).toMatchObject(imports);
    expect(again).toHaveProperty(["aws_cognito_user_pool_client.client_app-2"]);
    expect(again).toHaveProperty(["aws_cognito_user_pool_client.client_app-3"]);
  });

  it("one that is named becomes the environment's own, whichever was before", async () => {
    const [first, second] = [client("m", "app"), client("n", "web")];
    const imports = await importsOf([first, second], []);
    expect(await importsOf([first, second], [], { imports, client: "n" })).toMatchObject({
      "aws_cognito_user_pool_client.user_pool_client": second.id,
      "aws_cognito_user_pool_client.client_app": first.id,
    });
  });
});

describe("resource servers", () => {
  it("have names that differ, also where theirs do not; those that settings can have are kept", () => {
    const all = [
      server("https://b.acme.com", "API"),
      server("https://a.acme.com", "API"),
      server("https://c.acme.com", "api"),
      server("https://d.acme.com", "server-1"),
      server("https://e.acme.com", "1"),
    ];
    const named = serversNamed(all, {});
    expect(names(named)).toEqual({
      "https://a.acme.com": "api-2",
      "https://b.acme.com": "api-3",
      "https://c.acme.com": "api",
      "https://d.acme.com": "server-1",
      "https://e.acme.com": "server",
    });
    expect(names(serversNamed([...all].reverse(), {}))).toEqual(names(named));
  });

  it("are all taken over, and keep their addresses", async () => {
    const all = [server("https://b.acme.com", "API"), server("https://c.acme.com", "API")];
    const imports = await importsOf([], all);
    expect(Object.values(imports)).toEqual(expect.arrayContaining(all.map(({ id }) => id)));
    expect(await importsOf([], [server("https://a.acme.com", "API"), ...all], { imports })).toMatchObject(imports);
  });

  it.each(["https://${stage}.acme.com", "https://%{stage}.acme.com"])(
    "%s, which Terraform would take for a template, stays as it is, and none is made beside it",
    async (identifier) => {
      const own = server(identifier, "orders");
      const { made, left } = await adopted([], [own]);
      expect(left).toEqual([own]);
      expect(made.filter((address) => address.startsWith("aws_cognito_resource_server"))).toEqual([]);
    },
  );
});
