"""What the product knows: pure rules and use cases. No Discord, no SQL, no network, no clock."""
