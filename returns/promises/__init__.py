"""What people say in a return of what the project said would come."""
