/** What the compiler must know of a channel; a `ProfileChannel` is one. */
export interface CompileChannel {
  id: string;
  quantum: string;
  unit: string;
  min?: string;
  max?: string;
  staleMs: number;
}
