/** Builds of VICIdial, by the date in their name (`241004-1518` is 241004): a later build has the larger number. */
export const builds = {
  /** The oldest build whose behaviour is known. */
  oldest: 150217,
  /** Before it, a wrong password is answered as a missing permission. */
  separateLogin: 130617,
  /** outbound_alt_cid, phone_ring_timeout and delete_vm_after_email came with it. */
  alternateCallerId: 180331,
  /** The webphone fields, on_hook_agent and template_id came with it. */
  webphone: 200622,
  /** The last build known whose server_ip may have digits and dots only is 211107. */
  serverNames: 211108,
  /** voicemail_id may have letters from this build on. */
  voicemailLetters: 220312,
  /** registration_password has a column of 100 characters in the schema of this build; before, of 20. */
  longRegistrationPasswords: 241004,
  /** The newest build whose behaviour is known; later ones are assumed to be like it. */
  newest: 250720,
} as const;
