import { z } from 'zod';

/** A delivery's id as a button carries it. */
export const deliveryIdInput = z.uuid();
