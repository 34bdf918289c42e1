/**
 * Runs before all tests. They run as on a machine without NODE_EXTRA_CA_CERTS, with which each process of Node.js takes
 * twice as long to start. It is kept for what downloads.
 */
export default function setUp() {
  const { NODE_EXTRA_CA_CERTS: authorities } = process.env;
  if (authorities === undefined) return;
  process.env.PHONESTATE_DOWNLOAD_CA_CERTS = authorities;
  delete process.env.NODE_EXTRA_CA_CERTS;
}
