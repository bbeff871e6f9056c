/**
 * How many times as much as in earnest a workspace may send, edit and read in a minute, for Cairn and for the fake
 * alike: at Slack's own 50 readings a minute a round with so many doubts would take a quarter of an hour. A channel
 * still takes one message a second.
 */
export const pace = 6;
