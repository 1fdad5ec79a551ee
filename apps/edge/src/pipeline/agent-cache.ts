import { classifyUserAgent, type UserAgentClass } from "@biotop/tracking-protocol";

const entriesMax = 4096;
const textMax = 512;

/** Classes of the browsers seen lately: most clicks come from few different ones. Only in memory, emptied when full. */
export function createAgentCache(): (userAgent: string | undefined) => UserAgentClass {
  const known = new Map<string, UserAgentClass>();
  return (userAgent) => {
    if (userAgent === undefined || userAgent.length > textMax) return classifyUserAgent(userAgent);
    const cached = known.get(userAgent);
    if (cached) return cached;
    const made = classifyUserAgent(userAgent);
    if (known.size >= entriesMax) known.clear();
    known.set(userAgent, made);
    return made;
  };
}
