/** Text that is fetched at the moment it leaves, and never kept by whoever asks for it. */
export type RevealText = () => string | Promise<string>;

/** How somebody signs in at the broker, with what it takes to do it. */
export type SignIn =
  | { kind: 'anonymous' }
  | { kind: 'password'; username: string; password: RevealText }
  | {
      kind: 'certificate';
      /** Who the broker takes them for: the common name. */
      subject: string;
      /** PEM, the own certificate first, then whoever issued it. */
      certificate: string;
      /** PEM. */
      key: RevealText;
    };

/** Who that is, in words. */
export function userOf(signIn: SignIn): string {
  if (signIn.kind === 'password') return signIn.username;
  return signIn.kind === 'certificate' ? signIn.subject : 'anonymous';
}
