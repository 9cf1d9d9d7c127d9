//! The vocabulary of the claims, their exact evaluation, generators and shrinkers.
