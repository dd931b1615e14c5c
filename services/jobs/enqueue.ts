/** What a point of priority is worth, in minutes of waiting: an earlier place in the queue. */
export const MINUTES_A_POINT = 10
