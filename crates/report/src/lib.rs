//! Pure functions from a run record to terminal text, HTML, JSON, JUnit and SARIF.
