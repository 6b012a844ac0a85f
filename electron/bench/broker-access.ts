/**
 * Who may do what on the embedded broker, in the manner of mosquitto's ACL file: topic patterns with `+` and `#`, in
 * which `%u` stands for the user and `%c` for the client id (mosquitto.conf(5), acl_file).
 */
export interface BrokerUser {
  user: string;
  /** Absent where the user comes with a certificate that bears its name. */
  password?: string;
  /** Topics on which it may publish. */
  write: readonly string[];
  /** Topics that it may subscribe to. */
  read: readonly string[];
}

/** A user as it is connected. */
export interface Caller {
  user: string;
  clientId: string;
}

/** True where every topic that the filter matches is matched by the pattern; a topic is a filter without wildcards. */
export function covers(pattern: string, filter: string): boolean {
  const allowed = pattern.split('/');
  const asked = filter.split('/');
  for (const [at, level] of allowed.entries()) {
    // Also the level above: `a/#` is `a` as well (MQTT 3.1.1, 4.7.1.2).
    if (level === '#') return at > 0 || !filter.startsWith('$');
    const wanted = asked[at];
    if (wanted === undefined || wanted === '#') return false;
    if (level === '+' ? at === 0 && wanted.startsWith('$') : level !== wanted) return false;
  }
  return asked.length === allowed.length;
}

/** A pattern for this caller; one that would bring wildcards in through a name is for nobody. */
function patternFor(pattern: string, { user, clientId }: Caller): string | null {
  const usesUser = pattern.includes('%u');
  const usesClient = pattern.includes('%c');
  if ((usesUser && /[+#/]/.test(user)) || (usesClient && /[+#/]/.test(clientId))) return null;
  return pattern.replaceAll('%u', user).replaceAll('%c', clientId);
}

/** Whether one of the patterns lets the caller use the topic or filter. */
export const allows = (patterns: readonly string[], caller: Caller, filter: string): boolean =>
  patterns.some((pattern) => {
    const made = patternFor(pattern, caller);
    return made !== null && covers(made, filter);
  });
