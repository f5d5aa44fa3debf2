import type { Problem } from "../api";

/** What the page's server answers. Rejects with what it says is wrong. */
export async function get<Answer>(path: string): Promise<Answer> {
  return answerOf(await fetch(path));
}

export async function post<Answer>(path: string, body: object): Promise<Answer> {
  const headers = { "content-type": "application/json" };
  return answerOf(await fetch(path, { method: "POST", headers, body: JSON.stringify(body) }));
}

async function answerOf<Answer>(response: Response): Promise<Answer> {
  const answer = (await response.json()) as Answer | Problem;
  if (!response.ok) throw new Error((answer as Problem).error);
  return answer as Answer;
}
