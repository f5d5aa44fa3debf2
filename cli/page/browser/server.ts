import type { Problem } from "../api";

/** What the page's server answers. Rejects with what it says is wrong. */
export async function get<Answer>(path: string): Promise<Answer> {
  return answerOf(await fetched(path));
}

export async function post<Answer>(path: string, body: object): Promise<Answer> {
  const headers = { "content-type": "application/json" };
  return answerOf(await fetched(path, { method: "POST", headers, body: JSON.stringify(body) }));
}

async function fetched(path: string, options?: RequestInit): Promise<Response> {
  try {
    return await fetch(path, options);
  } catch {
    throw new Error("The page’s server does not answer. Start it again in the terminal.");
  }
}

async function answerOf<Answer>(response: Response): Promise<Answer> {
  const answer = (await response.json()) as Answer | Problem;
  if (!response.ok) throw new Error((answer as Problem).error);
  return answer as Answer;
}
