/** A base, and how files that extend it begin. */

export const production = `version: 1
provider: { url: "https://vicidial.example.com/vicidial/non_agent_api.php", system_name: main, max_concurrency: 4, password: { variable: vicidial_password } }
servers:
  east: { ip: 10.0.0.11, suffix: a }
  west: { ip: 10.0.0.12, suffix: b }
defaults: { protocol: SIP, email: desk@example.com, outbound_cid: "7275551212" }
phones:
  - { server: east, extension: "55000", phone_login: "55000", admin_user_group: SALES }
  - { server: east, extension: "55001", phone_login: "55001", outbound_cid: "7275551300" }
  - { server: west, extension: "56000", phone_login: "56000", phone_ring_timeout: 45 }
seats: [{ extensions: 2000-2001 }]
aliases:
  - { alias_id: desks, alias_name: Desks, phone_logins: ["55000", "55001", "56000"] }
  - { alias_id: east, alias_name: East, phone_logins: ["55000", "55001"] }
`;

/** A system of its own, with the same names of servers. */
export const other = `version: 1
extends: production
provider: { url: "https://lab.example.com/vicidial/non_agent_api.php" }
`;
export const servers = 'servers: { east: 10.9.0.11, west: 10.9.0.12 }\n';
