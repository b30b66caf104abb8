/**
 * SES's event as EventBridge hands it over: apart from what it does (feedback.ts), which some pages need without it.
 * https://docs.aws.amazon.com/ses/latest/dg/event-publishing-retrieving-sns-contents.html
 */
import * as z from 'zod/mini';

export const SesEvent = z.object({
  source: z.literal('aws.ses'),
  detail: z.object({
    eventType: z.string(),
    mail: z.object({
      messageId: z.string(),
      destination: z.array(z.string()),
      tags: z._default(z.record(z.string(), z.array(z.string())), {}),
    }),
    bounce: z.optional(
      z.object({
        bounceType: z.string(),
        bouncedRecipients: z.array(z.object({ emailAddress: z.string() })),
      }),
    ),
    complaint: z.optional(
      z.object({ complainedRecipients: z.array(z.object({ emailAddress: z.string() })) }),
    ),
  }),
});
export type SesEvent = z.infer<typeof SesEvent>;
