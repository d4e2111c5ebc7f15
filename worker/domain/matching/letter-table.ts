// How letters of a script are read, written as text: "б:b ж:zh ъ:" (a letter that isn't heard has nothing behind its colon).

export const letterTable = (pairs: string): Readonly<Record<string, string>> =>
  Object.fromEntries(pairs.split(" ").map((pair) => pair.split(":") as [string, string]));
