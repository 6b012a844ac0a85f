/**
 * Of what the rule engine decides. A unit whose engine has another number (`ENGINE` of the agent) may decide in another
 * way: whoever changes a decision of either engine changes both numbers.
 */
export const engineVersion = 1;
