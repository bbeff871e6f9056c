import { z } from 'zod';

/** An id of ours as a button carries it. */
export const idInput = z
  .string()
  .regex(/^\d{1,15}$/)
  .transform(Number);
