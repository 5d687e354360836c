"""Rules, recommendations and instructions by insurer and programme, at hand inside the case (JD II.3, VIII.14, C6)."""
