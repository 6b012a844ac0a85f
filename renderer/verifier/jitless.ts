import { z } from 'zod';

// The page's policy forbids code from strings; zod must know before the first schema is built, so this is imported first.
z.config({ jitless: true });
